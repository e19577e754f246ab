package org.mailtrace.standins.proofpoint;

import java.util.Locale;
import org.mailtrace.standins.story.Glob;

/**
 * How Smart Search compares addresses: in part. {@code a.b}, {@code a.b@}, {@code @c.d}, {@code @*.d} and so on find
 * {@code a.b@c.d}; a whole address also finds longer ones that hold it; {@code @} alone finds nothing. (Documented in the
 * read-me of a public integration; clients must filter again.)
 */
final class PartialAddress {
    private PartialAddress() {}

    static boolean matches(String asked, String address) {
        String pattern = asked.strip().toLowerCase(Locale.ROOT);
        if (pattern.replace("*", "").equals("@") || pattern.isEmpty()) {
            return false;
        }
        return Glob.matches("*" + pattern + "*", address);
    }
}
