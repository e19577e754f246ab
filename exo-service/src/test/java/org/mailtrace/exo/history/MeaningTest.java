package org.mailtrace.exo.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.NameValue;
import org.mailtrace.exo.detail.DetailEvent;
import org.mailtrace.exo.history.csv.EventRow;
import org.mailtrace.exo.history.csv.HistoryRow;
import org.mailtrace.exo.history.csv.ReportWriter;
import org.mailtrace.exo.history.csv.SummaryRow;
import org.mailtrace.exo.rows.TraceRow;

class MeaningTest {
    private static final String FIRST = "00000011-48cb-e80d-e8c0-196330437ae6";
    private static final String BOUNCE = "00000012-48cb-e80d-e8c0-196330437ae6";
    private static final String UNKNOWN = "00000013-48cb-e80d-e8c0-196330437ae6";

    @Test
    void makesOneRowOfEachRecipientOfASummary() throws Exception {
        // given
        SummaryRow row = (SummaryRow)
                ReportWriter.rows(ReportWriter.fixture("synthetic-summary.csv")).getFirst();

        // when
        List<Traced> traced = SummaryMeaning.of(row);

        // then
        assertThat(traced)
                .extracting(one -> one.row().recipient(), one -> one.row().status())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("ana@rivercounty.example", "Receive, Deliver"),
                        org.assertj.core.groups.Tuple.tuple("max@fabrikam.example", "Receive, Send"));
        assertThat(traced).allMatch(one -> one.events().isEmpty());
    }

    @Test
    void readsWhatBecameOfEachRecipientOfAnExtendedReport() throws Exception {
        // when
        Map<String, String> statuses = recipients(FIRST).stream()
                .collect(Collectors.toMap(
                        one -> one.row().recipient(), one -> one.row().status()));

        // then
        assertThat(statuses)
                .containsOnly(
                        Map.entry("board@rivercounty.example", "EXPAND"),
                        Map.entry("ana@rivercounty.example", "DELIVER"),
                        Map.entry("mia@fabrikam.example", "SENDEXTERNAL"),
                        Map.entry("carl@rivercounty.example", "RESOLVE"),
                        Map.entry("carla@rivercounty.example", "FAIL"));
    }

    @Test
    void givesEveryRowOfAMessageItsFirstTimeAndItsEnvelope() throws Exception {
        // when
        TraceRow ana = recipient(FIRST, "ana@rivercounty.example").row();

        // then
        assertThat(ana.receivedAt()).isEqualTo(Instant.parse("2026-11-20T09:00:00.0000001Z"));
        assertThat(ana.sender()).isEqualTo("sam@contoso.example");
        assertThat(ana.subject()).contains("Board papers,\r\nsecond version");
        assertThat(ana.fromIp()).contains("192.0.2.7");
        assertThat(ana.sizeBytes()).contains(88123L);
    }

    @Test
    void takesTheReturnPathForTheSenderOfABounce() throws Exception {
        assertThat(recipient(BOUNCE, "sam@contoso.example").row().sender()).isEqualTo(TraceRow.NULL_SENDER);
    }

    @Test
    void doesNotTakeAHopBetweenMicrosoftsServersForAHandOff() throws Exception {
        // when
        List<DetailEvent> events =
                recipient(FIRST, "ana@rivercounty.example").events().orElseThrow();

        // then
        assertThat(events)
                .extracting(DetailEvent::type)
                .doesNotContain(EventType.SEND)
                .contains(EventType.TRANSFER);
        assertThat(events).isSortedAccordingTo(java.util.Comparator.comparing(DetailEvent::at));
    }

    @Test
    void namesTheOtherServerAndItsReply() throws Exception {
        // when
        DetailEvent sent = last(recipient(FIRST, "mia@fabrikam.example"));

        // then
        assertThat(sent.type()).isEqualTo(EventType.SEND);
        assertThat(sent.field("ServerHostName")).contains("mx.fabrikam.example");
        assertThat(sent.description()).contains("250 2.6.0");
    }

    @Test
    void readsAddressChangesWithoutTakingAMessageIdForAnAddress() throws Exception {
        // when
        DetailEvent expanded = last(recipient(FIRST, "board@rivercounty.example"));
        DetailEvent resolved = last(recipient(FIRST, "carl@rivercounty.example"));

        // then
        assertThat(addresses(expanded)).containsExactly("ana@rivercounty.example", "carl@rivercounty.example");
        assertThat(addresses(resolved)).containsExactly("carla@rivercounty.example");
        assertThat(expanded.type()).isEqualTo(EventType.EXPAND);
        assertThat(resolved.type()).isEqualTo(EventType.RESOLVE);
    }

    @Test
    void keepsTheReasonOfAFailureWhole() throws Exception {
        // given
        List<DetailEvent> events =
                recipient(FIRST, "carla@rivercounty.example").events().orElseThrow();

        // when
        DetailEvent failed = events.stream()
                .filter(event -> event.type() == EventType.FAIL)
                .findFirst()
                .orElseThrow();

        // then
        assertThat(failed.description()).contains("{LED=550 5.2.2 mailbox full; quota exceeded}");
    }

    @Test
    void keepsAnUnknownEventAsTheStatusOfItsRecipient() throws Exception {
        assertThat(recipient(UNKNOWN, "dora@rivercounty.example").row().status())
                .isEqualTo("TELEPORT");
    }

    @Test
    void givesEachOfSeveralRecipientsItsOwnStatusOrNone() {
        // given
        String two = "550 5.1.1 unknown;250 2.1.5 Recipient OK";
        String bracketed = "[{LED=550 5.1.1 a};{MSG=}];[{LED=450 4.4.7 b};{MSG=}]";

        // then
        assertThat(StatusList.of(two, 1, 2)).contains("250 2.1.5 Recipient OK");
        assertThat(StatusList.of(bracketed, 0, 2)).contains("[{LED=550 5.1.1 a};{MSG=}]");
        assertThat(StatusList.of("550 5.1.1 unknown; sorry;250 ok", 0, 2)).isEmpty();
        assertThat(StatusList.of("550 5.1.1 unknown; sorry", 0, 1)).contains("550 5.1.1 unknown; sorry");
        assertThat(StatusList.of("  ", 0, 1)).isEqualTo(Optional.empty());
    }

    private static DetailEvent last(Traced traced) {
        return traced.events().orElseThrow().getLast();
    }

    private static List<String> addresses(DetailEvent event) {
        return event.data().stream()
                .map(NameValue::value)
                .filter(value -> value.contains("@"))
                .toList();
    }

    private static Traced recipient(String traceId, String address) throws Exception {
        return recipients(traceId).stream()
                .filter(one -> one.row().recipient().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private static List<Traced> recipients(String traceId) throws Exception {
        List<EventRow> rows = new ArrayList<>();
        for (HistoryRow row : ReportWriter.rows(ReportWriter.fixture("synthetic-extended.csv"))) {
            if (row instanceof EventRow event && event.traceId().equals(traceId)) {
                rows.add(event);
            }
        }
        return ExtendedMeaning.of(rows);
    }
}
