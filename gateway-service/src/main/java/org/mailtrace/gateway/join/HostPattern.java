package org.mailtrace.gateway.join;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A host name with {@code *} for any characters, an address, or a network in CIDR notation. Never asks DNS. */
final class HostPattern {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern SMTP_DECORATION = Pattern.compile("^\\[|]$|\\.$");

    private final Optional<Pattern> name;
    private final byte[] network;
    private final int prefix;

    private HostPattern(Optional<Pattern> name, byte[] network, int prefix) {
        this.name = name;
        this.network = network;
        this.prefix = prefix;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if it is none
     */
    static HostPattern of(String text) {
        String pattern = text.strip().toLowerCase(Locale.ROOT);
        int slash = pattern.indexOf('/');
        if (slash >= 0 || LITERAL.matcher(pattern).matches()) {
            return network(pattern, slash);
        }
        if (pattern.isEmpty() || pattern.chars().allMatch(c -> c == '*' || c == '.')) {
            throw new IllegalArgumentException("a pattern names at least a part of a host");
        }
        String regex = Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return new HostPattern(Optional.of(Pattern.compile(regex)), new byte[0], 0);
    }

    private static HostPattern network(String text, int slash) {
        byte[] address = address(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException("not an address"));
        int bits = address.length * Byte.SIZE;
        int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("not a prefix length");
        }
        return new HostPattern(Optional.empty(), address, prefix);
    }

    boolean matches(String host) {
        String bare =
                SMTP_DECORATION.matcher(host.strip().toLowerCase(Locale.ROOT)).replaceAll("");
        return name.map(regex -> regex.matcher(bare).matches())
                .orElseGet(() -> address(bare).map(this::contains).orElse(false));
    }

    private boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if ((address[bit / Byte.SIZE] & mask) != (network[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static Optional<byte[]> address(String text) {
        if (!LITERAL.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
