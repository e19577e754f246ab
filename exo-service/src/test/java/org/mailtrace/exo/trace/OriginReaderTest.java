package org.mailtrace.exo.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.exo.trace.TestRows.event;
import static org.mailtrace.exo.trace.TestRows.row;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.NameValue;
import org.mailtrace.contract.Origin;
import org.mailtrace.exo.Settings;
import org.mailtrace.exo.detail.DetailEvent;

class OriginReaderTest {
    private static final String ANA = "ana@rivercounty.example";
    private static final String BEN = "ben@rivercounty.example";
    private static final DetailEvent RECEIVE = event(EventType.RECEIVE, "Receive", "");
    private static final DetailEvent SUBMIT = event(EventType.SUBMIT, "Submit", "");

    @Test
    void knowsAMailboxByItsSubmission() {
        assertThat(origin(Map.of(), BEN, Optional.empty(), SUBMIT)).contains(Origin.MAILBOX);
    }

    @Test
    void neverTakesOurDomainForOurMailbox() {
        assertThat(origin(Map.of(), BEN, Optional.of("203.0.113.5"), RECEIVE)).isEmpty();
        assertThat(origin(Map.of("mailtrace.relays", "198.51.100.0/24"), BEN, Optional.of("203.0.113.5"), RECEIVE))
                .contains(Origin.OUTSIDE);
    }

    @Test
    void leavesTheOriginOutWhenASystemOfOursHandedItOver() {
        assertThat(origin(
                        Map.of("mailtrace.relays", "203.0.113.0/24"),
                        "sam@contoso.example",
                        Optional.of("203.0.113.5"),
                        RECEIVE))
                .isEmpty();
        assertThat(origin(
                        Map.of(
                                "mailtrace.next-hops[0].host",
                                "mx*.pphosted.example",
                                "mailtrace.next-hops[0].source",
                                "x"),
                        "sam@contoso.example",
                        Optional.of("203.0.113.5"),
                        event(
                                EventType.RECEIVE,
                                "Receive",
                                "",
                                new NameValue("ClientHostName", "MX7.pphosted.example"))))
                .isEmpty();
    }

    @Test
    void leavesTheOriginOutWithoutEventsOrFromAPrivateAddress() {
        assertThat(origin(Map.of(), BEN, Optional.empty())).isEmpty();
        assertThat(origin(
                        Map.of("mailtrace.relays", "203.0.113.0/24"),
                        "sam@contoso.example",
                        Optional.of("10.20.1.7"),
                        RECEIVE))
                .isEmpty();
    }

    @Test
    void derivesTheDirectionFromOriginAndRecipients() {
        // given
        OriginReader reader = reader(Map.of());

        // then
        assertThat(reader.direction(Optional.of(Origin.OUTSIDE), List.of(ANA))).contains(Direction.INBOUND);
        assertThat(reader.direction(Optional.of(Origin.MAILBOX), List.of(ANA))).contains(Direction.INTERNAL);
        assertThat(reader.direction(Optional.of(Origin.MAILBOX), List.of(ANA, "max@fabrikam.example")))
                .contains(Direction.MIXED);
        assertThat(reader.direction(Optional.empty(), List.of(ANA))).isEmpty();
    }

    private static Optional<Origin> origin(
            Map<String, String> settings, String sender, Optional<String> fromIp, DetailEvent... events) {
        return reader(settings).origin(row(sender, ANA, "delivered", fromIp, Optional.empty()), List.of(events));
    }

    private static OriginReader reader(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("mailtrace.domains", "rivercounty.example");
        return new OriginReader(new Organisation(Settings.of(OrganisationSettings.class, all)));
    }
}
