package org.mailtrace.proofpoint.fate;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailtrace.proofpoint.row.MessageRow;
import org.mailtrace.proofpoint.vendor.VendorDates;

/**
 * Finds the mail server's last word on one recipient in the columns of a row. Log lines say most (relay, code, time) and
 * win; else the columns of statuses are read. A word that cannot be tied to the recipient is not used: "not seen" is
 * better than another recipient's fate.
 */
final class SendmailColumns {
    private static final Pattern RELAY = Pattern.compile("\\brelay=([^\\s,;\\[]+|\\[[^\\]]+\\])");
    private static final Pattern CODE = Pattern.compile("\\bdsn=([245]\\.\\d{1,3}\\.\\d{1,3})");
    private static final Pattern REPLY = Pattern.compile("\\breply=(.*?), stat=", Pattern.DOTALL);
    private static final Pattern STAT = Pattern.compile("\\bstat=(.*)$", Pattern.DOTALL);
    private static final Pattern TIME =
            Pattern.compile("^\\s*(\\d{4}-\\d{2}-\\d{2}T[0-9:.]+(?:Z|[+-]\\d{2}:?\\d{2}))\\s");
    private static final Pattern TO = Pattern.compile("\\bto=(.*?)(?:, [a-z]+=|$)", Pattern.DOTALL);

    private SendmailColumns() {}

    static Optional<Handover> handoverOf(MessageRow row, String recipient) {
        return fromLogLines(row, recipient).or(() -> fromStatuses(row, recipient));
    }

    private static Optional<Handover> fromLogLines(MessageRow row, String recipient) {
        return row.column("SendmailRaw_Log").stream()
                .flatMap(log -> Arrays.stream(log.split("\\R")))
                .filter(line -> isAbout(line, recipient))
                .flatMap(line -> ofLine(line).stream())
                .reduce((earlier, later) -> later);
    }

    private static boolean isAbout(String line, String recipient) {
        return first(TO, line).filter(to -> names(to, recipient)).isPresent();
    }

    private static Optional<Handover> ofLine(String line) {
        Optional<Instant> at = first(TIME, line).flatMap(VendorDates::parse);
        return first(STAT, line).map(stat -> Handover.of(stat, first(REPLY, line), first(CODE, line), relay(line), at));
    }

    private static Optional<Handover> fromStatuses(MessageRow row, String recipient) {
        List<String> to = row.addresses("Sendmail_To");
        boolean aboutRecipient = to.isEmpty()
                ? row.recipients().size() <= 1
                : to.stream().anyMatch(address -> address.equalsIgnoreCase(recipient));
        Optional<String> own = row.column("Sendmail_To_Stat").stream()
                .flatMap(text -> Arrays.stream(text.split("\\R|;|\\|")))
                .filter(part -> names(part, recipient))
                .reduce((earlier, later) -> later)
                .map(part -> withoutAddress(part, recipient));
        Optional<String> common = row.column("Sendmail_To_Stat")
                .filter(text -> row.recipients().stream().noneMatch(address -> names(text, address)))
                .or(() -> row.column("Sendmail_Stat"));
        return own.or(() -> aboutRecipient ? common : Optional.empty())
                .map(text -> Handover.of(
                        first(STAT, text).orElse(text),
                        first(REPLY, text),
                        first(CODE, text).or(() -> row.column("Sendmail_Errorcode")),
                        relay(text),
                        Optional.empty()));
    }

    private static boolean names(String text, String recipient) {
        return Arrays.stream(text.split("[\\s,<>=()]+"))
                .map(word -> word.endsWith(":") ? word.substring(0, word.length() - 1) : word)
                .anyMatch(word -> word.equalsIgnoreCase(recipient));
    }

    private static String withoutAddress(String part, String recipient) {
        int at = part.toLowerCase(Locale.ROOT).indexOf(recipient.toLowerCase(Locale.ROOT));
        return at < 0 ? part : part.substring(at + recipient.length()).replaceFirst("^[>:=,\\s]+", "");
    }

    private static Optional<String> relay(String text) {
        return first(RELAY, text)
                .map(name -> name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
                .map(name -> name.startsWith("[") ? name.substring(1, name.length() - 1) : name)
                .filter(name -> !name.isEmpty());
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }
}
