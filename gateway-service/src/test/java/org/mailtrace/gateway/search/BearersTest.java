package org.mailtrace.gateway.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.gateway.Flow.ANA;
import static org.mailtrace.gateway.Flow.onwards;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.Outcome;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.gateway.Flow;
import org.mailtrace.gateway.answer.Trace.Notice;
import org.mailtrace.gateway.answer.TraceRecipient;
import org.mailtrace.gateway.join.Message;

class BearersTest {
    private static final String ANITA = "anita@rivercounty.example";
    private static final String EVE = "eve@rivercounty.example";

    /** Mail to Ana goes on to Anita and from there to Eve, and in a circle. */
    private final Message message = new Flow()
            .saw(
                    "house",
                    100,
                    onwards(RecipientStatus.RESOLVED, ANITA),
                    Flow.row(
                            ANITA,
                            RecipientStatus.REDIRECTED,
                            100,
                            Optional.empty(),
                            List.of(EVE, ANA),
                            Optional.empty()))
            .message();

    @Test
    void whatIsAboutSomebodyWhoIsShownStaysThere() {
        assertThat(borne(EVE, ANA, EVE)).containsExactly(about(EVE));
    }

    @Test
    void whatIsAboutWhereMailWentOnStandsWithWhoeverIsShown() {
        assertThat(borne(ANITA, ANA)).containsExactly(about(ANA));
        assertThat(borne("Eve@RiverCounty.example", ANA, ANITA)).containsExactly(about(ANA), about(ANITA));
    }

    @Test
    void whatIsAboutNobodyWhoIsShownIsAboutTheMessage() {
        assertThat(borne("joe@rivercounty.example", ANA))
                .containsExactly(new Notice("TWO_MAILBOXES", "There are two."));
        assertThat(borne(ANA)).containsExactly(new Notice("TWO_MAILBOXES", "There are two."));
    }

    private List<Notice> borne(String about, String... shown) {
        return new Bearers(
                        message,
                        List.of(shown).stream().map(BearersTest::recipient).toList())
                .of(List.of(about(about)));
    }

    private static Notice about(String address) {
        return new Notice("TWO_MAILBOXES", "There are two.", Optional.of(address));
    }

    private static TraceRecipient recipient(String address) {
        return new TraceRecipient(
                address,
                Outcome.DELIVERED,
                Direction.INBOUND,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                "It is there.",
                Optional.empty(),
                List.of());
    }
}
