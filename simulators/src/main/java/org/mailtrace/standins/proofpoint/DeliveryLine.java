package org.mailtrace.standins.proofpoint;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mailtrace.standins.story.Hop;
import org.mailtrace.standins.story.HostAddress;

/** One attempt of Proofpoint's MTA to hand a message on, as sendmail logs it. */
record DeliveryLine(
        Instant at, Instant receivedAt, List<String> to, String relay, String dsn, String reply, String stat) {
    private static final Pattern ENHANCED = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}");
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx");
    private static final int SECONDS_PER_HOUR = 3600;
    private static final int SECONDS_PER_MINUTE = 60;

    static DeliveryLine of(Hop hop, Instant receivedAt, String messageId) {
        List<String> to = hop.successors();
        String host = hop.nextHop().orElse("");
        return switch (hop.deed()) {
            case DEFER -> {
                String code = hop.code().orElse("451 4.4.1 Connection timed out");
                yield new DeliveryLine(
                        hop.at(), receivedAt, to, host, enhanced(code, "4.0.0"), "", "Deferred: " + code);
            }
            case BOUNCE -> {
                String code = hop.code().orElse("550 5.0.0 Refused");
                String dsn = enhanced(code, "5.0.0");
                String stat = dsn.startsWith("5.1.") ? "User unknown" : "Service unavailable";
                yield new DeliveryLine(hop.at(), receivedAt, to, host, dsn, code, stat);
            }
            default -> {
                String reply = hop.reply().orElse("250 2.6.0 " + messageId + " Queued mail for delivery");
                yield new DeliveryLine(
                        hop.at(), receivedAt, to, host, enhanced(reply, "2.0.0"), "", "Sent (" + reply + ")");
            }
        };
    }

    DeliveryLine forOnly(String recipient) {
        return new DeliveryLine(at, receivedAt, List.of(recipient), relay, dsn, reply, stat);
    }

    /** The line from {@code to=} on. */
    String text() {
        String recipients = to.stream().map(r -> "<" + r + ">").collect(Collectors.joining(","));
        return "to=" + recipients + ", delay=" + delay() + ", xdelay=00:00:01, mailer=esmtp, tls_verify=OK"
                + (relay.isEmpty() ? "" : ", relay=" + relay + ". [" + HostAddress.of(relay) + "]")
                + ", dsn=" + dsn + (reply.isEmpty() ? "" : ", reply=" + reply) + ", stat=" + stat;
    }

    String logLine(String qid, String agent, ZoneId zone) {
        return TIMESTAMP.format(at.atZone(zone)) + " " + agent + " sendmail[17416]: " + qid + ": " + text();
    }

    private String delay() {
        long seconds = Math.max(0, Duration.between(receivedAt, at).toSeconds());
        long days = seconds / Duration.ofDays(1).toSeconds();
        String clock = String.format(
                Locale.ROOT,
                "%02d:%02d:%02d",
                seconds / SECONDS_PER_HOUR % 24,
                seconds / SECONDS_PER_MINUTE % SECONDS_PER_MINUTE,
                seconds % SECONDS_PER_MINUTE);
        return days == 0 ? clock : days + "+" + clock;
    }

    private static String enhanced(String text, String otherwise) {
        Matcher code = ENHANCED.matcher(text);
        return code.find() ? code.group() : otherwise;
    }
}
