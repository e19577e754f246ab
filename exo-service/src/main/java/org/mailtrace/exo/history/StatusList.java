package org.mailtrace.exo.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The column {@code recipient_status} of the extended report: what each recipient's server said, in the order of the
 * recipients, separated by semicolons. Replies contain semicolons themselves; those in brackets do not separate.
 */
final class StatusList {
    private StatusList() {}

    /** What is said about one of them; empty if it cannot be told whose status is whose. */
    static Optional<String> of(String column, int recipient, int recipients) {
        if (column.isBlank()) {
            return Optional.empty();
        }
        if (recipients == 1) {
            return Optional.of(column.strip());
        }
        List<String> statuses = split(column);
        return statuses.size() == recipients
                ? Optional.of(statuses.get(recipient)).filter(status -> !status.isEmpty())
                : Optional.empty();
    }

    private static List<String> split(String column) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < column.length(); i++) {
            char c = column.charAt(i);
            if (c == '[' || c == '{') {
                depth++;
            } else if (c == ']' || c == '}') {
                depth = Math.max(0, depth - 1);
            } else if (c == ';' && depth == 0) {
                parts.add(column.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(column.substring(start).strip());
        return parts;
    }
}
