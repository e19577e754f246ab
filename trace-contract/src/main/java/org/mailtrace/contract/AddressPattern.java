package org.mailtrace.contract;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * An address, all addresses of a domain ({@code *@domain}), or the null sender ({@code <>}). Compared without regard to
 * case: no mail system in use distinguishes mailboxes by case.
 */
public record AddressPattern(String value) {
    private static final String NULL_SENDER = "<>";
    private static final int MAX_LENGTH = 320;

    public AddressPattern {
        Objects.requireNonNull(value, "value");
        value = value.strip().toLowerCase(Locale.ROOT);
    }

    /** What is wrong with the text as a pattern; empty if nothing is. */
    static Optional<String> faultIn(String text, boolean nullSenderAllowed) {
        String candidate = text.strip();
        if (candidate.equals(NULL_SENDER)) {
            return nullSenderAllowed ? Optional.empty() : Optional.of("The null sender <> is never a recipient.");
        }
        if (candidate.length() > MAX_LENGTH) {
            return Optional.of("An address has at most " + MAX_LENGTH + " characters.");
        }
        int at = candidate.lastIndexOf('@');
        if (at < 1 || at == candidate.length() - 1) {
            return Optional.of("Use an address such as ana@rivercounty.example, or *@rivercounty.example.");
        }
        String local = candidate.substring(0, at);
        String domain = candidate.substring(at + 1);
        if ((local.contains("*") && !local.equals("*")) || domain.contains("*")) {
            return Optional.of("The only wildcard is *@domain.");
        }
        if (candidate.chars().anyMatch(c -> Character.isWhitespace(c) || c == '<' || c == '>' || c == ',')) {
            return Optional.of("An address has no spaces, commas or angle brackets.");
        }
        return Optional.empty();
    }

    /** Whether a question can hold it as a recipient: what others wrote as an address may be none that can be asked for. */
    public boolean isAskable() {
        return faultIn(value, false).isEmpty() && value.chars().noneMatch(Character::isISOControl);
    }

    /** Whether this is the null sender, as bounces carry it. */
    public boolean isNullSender() {
        return value.equals(NULL_SENDER);
    }

    /** Whether this stands for all addresses of a domain. */
    public boolean isWholeDomain() {
        return value.startsWith("*@");
    }

    /** The part after the last {@code @}, in lower case; empty for the null sender. */
    public String domain() {
        return domainOf(value);
    }

    /** Whether the address is meant. An empty address is the null sender. */
    public boolean matches(String address) {
        String candidate = address.strip().toLowerCase(Locale.ROOT);
        if (isNullSender()) {
            return candidate.isEmpty() || candidate.equals(NULL_SENDER);
        }
        return isWholeDomain() ? domainOf(candidate).equals(domain()) : candidate.equals(value);
    }

    /** The part of an address after its last {@code @}, in lower case; empty if it has none. */
    public static String domainOf(String address) {
        return address.substring(address.lastIndexOf('@') + 1)
                .toLowerCase(Locale.ROOT)
                .transform(domain -> address.indexOf('@') < 0 ? "" : domain);
    }

    @Override
    public String toString() {
        return value;
    }
}
