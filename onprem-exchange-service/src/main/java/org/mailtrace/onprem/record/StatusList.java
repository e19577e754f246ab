package org.mailtrace.onprem.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code recipient-status}, one entry for each recipient in the recipients' order (Microsoft Learn, "Message tracking"). The
 * entries are parted by semicolons and hold semicolons themselves, bare ({@code 550 4.4.7 QUEUE.Expired;text}) or in
 * brackets ({@code [{LED=...};{MSG=}]}).
 */
final class StatusList {
    /** An SMTP reply, or the bracket that opens a list of details. */
    private static final Pattern START = Pattern.compile("^(?:[245]\\d\\d(?:[ -]|$)|\\[\\{)");

    private static final Pattern BRACKETED_NEXT = Pattern.compile(";\\s*(?=\\[\\{)");

    private StatusList() {}

    /** The entries; none if they cannot be told apart surely enough to say which belongs to whom. */
    static List<String> aligned(String text, int recipients) {
        if (text.isBlank() || recipients == 0) {
            return List.of();
        }
        if (recipients == 1) {
            return List.of(text);
        }
        List<String> entries = entries(text);
        return entries.size() == recipients ? entries : List.of();
    }

    private static List<String> entries(String text) {
        String stripped = text.strip();
        if (stripped.startsWith("[{")) {
            List<String> bracketed = Arrays.stream(BRACKETED_NEXT.split(stripped, -1))
                    .map(String::strip)
                    .toList();
            if (bracketed.stream().allMatch(entry -> entry.endsWith("]") || entry.endsWith("];"))) {
                return bracketed;
            }
        }
        List<String> items = SemicolonList.split(stripped);
        if (items.stream().noneMatch(item -> START.matcher(item).find())) {
            return items;
        }
        List<String> entries = new ArrayList<>();
        for (String item : items) {
            boolean goesOn = !entries.isEmpty()
                    && !item.isEmpty()
                    && !START.matcher(item).find();
            if (goesOn) {
                entries.add(entries.removeLast() + ";" + item);
            } else {
                entries.add(item);
            }
        }
        return List.copyOf(entries);
    }
}
