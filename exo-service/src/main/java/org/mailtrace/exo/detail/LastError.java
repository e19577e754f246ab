package org.mailtrace.exo.detail;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why an attempt failed, from a description such as {@code Reason: [{LED=450 4.4.317 Cannot connect to remote
 * server ...};{MSG=};{FQDN=mx.example};{IP=192.0.2.10};{LRT=}]}. LED is the last error in detail.
 *
 * @param text the reply or error as the vendor wrote it
 * @param code the enhanced status code in it (RFC 3463)
 * @param host whom Exchange Online talked to, by name or address
 */
public record LastError(Optional<String> text, Optional<String> code, Optional<String> host) {
    private static final Pattern LED = Pattern.compile("\\{LED=(.*?)\\}(?:;|\\]|$)", Pattern.DOTALL);
    private static final Pattern FQDN = Pattern.compile("\\{FQDN=([^}]+)\\}");
    private static final Pattern IP = Pattern.compile("\\{IP=([^}]+)\\}");
    private static final Pattern ATTEMPTED = Pattern.compile("\\[LastAttemptedServerName=([^\\]]+)\\]");
    private static final Pattern CODE = Pattern.compile("(?<![\\d.])([45]\\.\\d{1,3}\\.\\d{1,3})(?![\\d.])");
    private static final int MAX_TEXT = 500;

    /** Reads an event. */
    public static LastError of(DetailEvent event) {
        String description = event.description();
        Optional<String> text = first(LED, description).or(() -> Optional.of(description.strip()));
        return new LastError(
                text.filter(found -> !found.isBlank()).map(LastError::shortened),
                first(CODE, text.orElse("")).or(() -> first(CODE, description)),
                first(FQDN, description).or(() -> first(ATTEMPTED, description)).or(() -> first(IP, description)));
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }

    private static String shortened(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
