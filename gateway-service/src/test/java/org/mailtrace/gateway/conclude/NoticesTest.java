package org.mailtrace.gateway.conclude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.gateway.Flow.ID;
import static org.mailtrace.gateway.Flow.NOW;
import static org.mailtrace.gateway.Flow.answer;
import static org.mailtrace.gateway.Flow.byAddress;
import static org.mailtrace.gateway.Flow.is;
import static org.mailtrace.gateway.Flow.observation;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.Origin;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.Flow;
import org.mailtrace.gateway.settings.GatewaySettings;

class NoticesTest {
    private final GatewaySettings settings = Flow.settings();
    private final Notices notices = new Notices(settings, new Origins(settings), Flow.CLOCK);

    @Test
    void saysThatAMessageCamePastTheEdgeWhenTheEdgeWasSearchedForIt() {
        assertThat(codes(direct())).contains("BYPASSED_EDGE");
    }

    @Test
    void doesNotSayItWhenTheEdgeIsAwayOrWasOnlySearchedByRecipient() {
        assertThat(codes(direct().blind("edge", SourceState.CIRCUIT_OPEN))).doesNotContain("BYPASSED_EDGE");
        assertThat(codes(direct().asked("edge", byAddress(), answer("edge", SourceState.ANSWERED, Optional.of(NOW)))))
                .doesNotContain("BYPASSED_EDGE");
    }

    @Test
    void pointsOutTwoMailboxes() {
        // given
        Flow flow = new Flow()
                .saw("house", 100, is(RecipientStatus.DELIVERED, 100))
                .saw("cloud", 99, is(RecipientStatus.DELIVERED, 99));

        // then
        assertThat(codes(flow)).contains("TWO_MAILBOXES");
    }

    private static Flow direct() {
        return new Flow()
                .saw(
                        "cloud",
                        observation(
                                "cloud",
                                100,
                                Optional.of(ID),
                                Optional.of(Origin.OUTSIDE),
                                true,
                                is(RecipientStatus.DELIVERED, 100)));
    }

    private List<String> codes(Flow flow) {
        return notices.of(flow.message(), Direction.INBOUND, flow.inquiry()).stream()
                .map(notice -> notice.code())
                .toList();
    }
}
