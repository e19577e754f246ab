package org.mailtrace.gateway.conclude;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import org.mailtrace.gateway.ask.Inquiry;
import org.mailtrace.gateway.join.Custody;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.join.NextHops;
import org.mailtrace.gateway.settings.GatewaySettings;
import org.mailtrace.gateway.words.Words;

/** Concludes for one recipient: the rules in their order, first match wins. */
@ApplicationScoped
public class Conclude {
    private final GatewaySettings settings;
    private final NextHops hops;
    private final Words words;
    private final Clock clock;

    Conclude(GatewaySettings settings, NextHops hops, Words words, Clock clock) {
        this.settings = settings;
        this.hops = hops;
        this.words = words;
        this.clock = clock;
    }

    Conclusion conclude(Message message, String address, Inquiry inquiry) {
        return conclude(message, address, Custody.of(message.wordsOn(address), hops), inquiry);
    }

    /**
     * What became of the message for this recipient, from everything that was asked.
     *
     * @param custody of what all sources say about the recipient
     */
    public Conclusion conclude(Message message, String address, Custody custody, Inquiry inquiry) {
        return one(new Case(
                message,
                address,
                custody,
                inquiry,
                settings,
                hops,
                words,
                clock.instant(),
                Set.of(address.toLowerCase(Locale.ROOT))));
    }

    static Conclusion one(Case recipient) {
        return Rules.IN_ORDER.stream()
                .flatMap(rule -> rule.conclude(recipient).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the last rule concludes every case"));
    }
}
