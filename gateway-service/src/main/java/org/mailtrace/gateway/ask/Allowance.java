package org.mailtrace.gateway.ask;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The addresses that further questions are asked for: every one costs the vendors something, so there are only so many. */
final class Allowance {
    private final Set<String> taken = new HashSet<>();

    /** Whether it may be asked for; who was asked for once may be asked for again. */
    boolean allows(String address, int most) {
        String plain = address.toLowerCase(Locale.ROOT);
        return taken.contains(plain) || (taken.size() < most && taken.add(plain));
    }
}
