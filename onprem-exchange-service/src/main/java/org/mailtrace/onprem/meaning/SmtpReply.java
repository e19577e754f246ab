package org.mailtrace.onprem.meaning;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailtrace.onprem.record.SemicolonList;
import org.mailtrace.onprem.record.TrackingRow;

/** What the other side said, as rows keep it in {@code source-context} and {@code recipient-status}. */
final class SmtpReply {
    private static final Pattern CODE = Pattern.compile("^[245]\\d\\d[ -]");
    private static final Pattern LAST_ERROR = Pattern.compile("\\{LED=([^}]*)\\}");
    private static final Pattern HOSTNAME = Pattern.compile("\\bHostname\\s*=\\s*([^\\],;\\s]+)");
    private static final int LONGEST = 500;

    private SmtpReply() {}

    /** The reply of the host that a SEND names. */
    static Optional<String> of(TrackingRow row, Optional<String> recipientStatus) {
        return SemicolonList.split(row.value("source-context")).stream()
                .filter(part -> CODE.matcher(part).find())
                .findFirst()
                .or(() -> recipientStatus.filter(status -> CODE.matcher(status).find()))
                .map(SmtpReply::shortened);
    }

    /** The host that accepted the message. */
    static Optional<String> host(TrackingRow row) {
        return row.optional("server-hostname").or(() -> named(row)).or(() -> row.optional("server-ip"));
    }

    /** The host name that the reply itself gives. */
    static Optional<String> named(TrackingRow row) {
        Matcher matcher = HOSTNAME.matcher(row.value("source-context"));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /**
     * Why it failed or waits for one of the row's recipients: the last error where the row has one, else the status, the
     * reference of a throttled message, else the context. Replies that cannot be told apart are given to nobody.
     *
     * @param statuses the row's {@link TrackingRow#recipientStatuses()}
     * @param index which of the row's recipients
     */
    static Optional<String> error(TrackingRow row, List<String> statuses, int index) {
        Optional<String> said = index < statuses.size()
                ? Optional.of(statuses.get(index)).filter(text -> !text.isBlank())
                : Optional.empty();
        if (said.isPresent()) {
            Matcher matcher = LAST_ERROR.matcher(said.get());
            Optional<String> last =
                    matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
            return last.filter(text -> !text.isEmpty()).or(() -> said).map(SmtpReply::shortened);
        }
        return row.optional("recipient-status").isPresent()
                ? Optional.empty()
                : Optional.of(row)
                        .filter(each -> each.event().equals("THROTTLE"))
                        .flatMap(each -> each.optional("reference"))
                        .or(() -> row.optional("source-context"))
                        .map(SmtpReply::shortened);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
