package org.mailtrace.proofpoint.fate;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailtrace.contract.NextHop;

/**
 * What the cluster's mail server (sendmail) said last about handing a message on to one recipient's next host.
 *
 * @param result what it came to
 * @param stat sendmail's own words
 * @param said the next host's reply, where it stands beside sendmail's words
 * @param host the next host, if the line names one
 * @param at when, UTC, if the line says it
 */
record Handover(Result result, String stat, Optional<String> said, Optional<String> host, Optional<Instant> at) {
    /** Results, documented by their consequence. */
    enum Result {
        /** The next host took it over. */
        SENT,
        /** It lies in the queue and is tried again. */
        DEFERRED,
        /** It came back; the sender gets a bounce. */
        FAILED,
        /** Words that nobody has seen before. */
        UNKNOWN
    }

    private static final Pattern ENHANCED_CODE = Pattern.compile("(?<![\\d.])([245])\\.\\d{1,3}\\.\\d{1,3}(?![\\d.])");
    private static final Pattern SMTP_CODE = Pattern.compile("(?<![\\d.])([245])\\d{2}[ -]");
    private static final Pattern FAILURES = Pattern.compile(
            "(?i)user unknown|host unknown|service unavailable|data format error|cannot send|remote protocol error|"
                    + "message too large|mailbox unavailable|local configuration error|no such user|bounced|returned");
    private static final Pattern EXCHANGE_HOST = Pattern.compile("(?i)\\bHostname=([A-Za-z0-9.-]+)");
    private static final Pattern REPLY =
            Pattern.compile("(?is)^\\s*(?:sent|deferred)\\s*(?::\\s*(.+)|\\((.+)\\))\\s*$");

    Handover {
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(stat, "stat");
    }

    /**
     * Reads sendmail's words. An Exchange server names itself in its reply, so that the host is known even where no
     * relay is given.
     */
    static Handover of(
            String stat, Optional<String> said, Optional<String> code, Optional<String> relay, Optional<Instant> at) {
        String words = stat.strip();
        Optional<String> host = relay.or(() ->
                Optional.of(EXCHANGE_HOST.matcher(words)).filter(Matcher::find).map(found -> found.group(1)));
        return new Handover(result(words, code), words, said, host, at);
    }

    private static Result result(String words, Optional<String> code) {
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.startsWith("sent")) {
            return Result.SENT;
        }
        if (lower.startsWith("deferred")) {
            return Result.DEFERRED;
        }
        char family = code.flatMap(Handover::family).or(() -> family(words)).orElse('?');
        if (family == '5' || FAILURES.matcher(words).find()) {
            return Result.FAILED;
        }
        return family == '4' ? Result.DEFERRED : Result.UNKNOWN;
    }

    private static Optional<Character> family(String text) {
        Matcher enhanced = ENHANCED_CODE.matcher(text);
        if (enhanced.find()) {
            return Optional.of(enhanced.group(1).charAt(0));
        }
        Matcher plain = SMTP_CODE.matcher(text + " ");
        return plain.find() ? Optional.of(plain.group(1).charAt(0)) : Optional.empty();
    }

    /** The next host's reply, without sendmail's own word around it. */
    Optional<String> reply() {
        return said.or(() -> Optional.of(REPLY.matcher(stat))
                .filter(Matcher::matches)
                .map(reply -> reply.group(1) == null ? reply.group(2) : reply.group(1))
                .map(String::strip));
    }

    /** The next hop, where the host is known. */
    Optional<NextHop> nextHop() {
        return host.map(name -> new NextHop(name, reply()));
    }

    /** Why it was not handed on, in one open word. */
    Optional<String> reason() {
        return HandoverReason.in(said.map(reply -> stat + " " + reply).orElse(stat));
    }
}
