package org.mailtrace.gateway.join;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.gateway.settings.GatewaySettings;

/** Which source a host belongs to; a host of none is outside. */
@ApplicationScoped
public class NextHops {
    private final List<GatewaySettings.NextHop> patterns;

    NextHops(GatewaySettings settings) {
        this.patterns = settings.nextHops().orElse(List.of());
    }

    /** The source that a host belongs to. */
    public Optional<String> sourceOf(String host) {
        String plain = host.strip().toLowerCase(Locale.ROOT);
        String name = plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
        return patterns.stream()
                .filter(pattern -> matches(pattern.host().toLowerCase(Locale.ROOT), name))
                .map(GatewaySettings.NextHop::source)
                .findFirst();
    }

    /** The source that a word handed the message to, if it handed it to one. */
    public Optional<String> targetOf(Word word) {
        return word.status() == RecipientStatus.PASSED_ON
                ? word.recipient().nextHop().map(NextHop::host).flatMap(this::sourceOf)
                : Optional.empty();
    }

    /** One {@code *} stands for any text; there is nothing else to match, so nothing to backtrack into. */
    private static boolean matches(String pattern, String host) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(host);
        }
        String before = pattern.substring(0, star);
        String after = pattern.substring(star + 1);
        return host.length() >= before.length() + after.length() && host.startsWith(before) && host.endsWith(after);
    }
}
