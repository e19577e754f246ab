package org.mailtrace.exo.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.rows.Rows;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.http.guard.SourceFailure;

class GatheredTest {
    @ParameterizedTest
    @CsvSource({
        "pending,delivered,delivered",
        "delivered,pending,delivered",
        "gettingStatus,pending,pending",
        "pending,gettingStatus,pending",
        "delivered,recalled,recalled",
        "recalled,delivered,recalled",
        "quarantined,delivered,delivered",
        "delivered,quarantined,quarantined"
    })
    void keepsTheReadingThatKnowsMoreElseTheLaterOne(String earlier, String later, String kept) {
        assertThat(Gathered.of(List.of(
                                part(row("ana@rivercounty.example", earlier)),
                                part(row("ANA@rivercounty.example", later))))
                        .rows())
                .extracting(TraceRow::status)
                .containsExactly(kept);
    }

    @Test
    void countsEachRecipientOfAMessageByItself() {
        assertThat(Gathered.of(List.of(
                                part(row("ana@rivercounty.example", "delivered")),
                                part(row("ben@rivercounty.example", "delivered"))))
                        .rows())
                .hasSize(2);
    }

    @Test
    void lookedAtNothingWhereEveryRequestFailedBeforeItsFirstRow() {
        // given
        Rows denied = failed(List.of());
        Rows begun = failed(List.of(row("ana@rivercounty.example", "delivered")));
        Rows empty = new Rows(List.of(), 0, Optional.empty());

        // then
        assertThat(Gathered.of(List.of(denied, denied)).lookedAtAll()).isFalse();
        assertThat(Gathered.of(List.of(denied, begun)).lookedAtAll()).isTrue();
        assertThat(Gathered.of(List.of(denied, empty)).lookedAtAll()).isTrue();
    }

    private static Rows failed(List<TraceRow> before) {
        return new Rows(before, 0, Optional.of(new SourceFailure(SourceState.DENIED, "No.")));
    }

    private static Rows part(TraceRow row) {
        return new Rows(List.of(row), 0, Optional.empty());
    }

    private static TraceRow row(String recipient, String status) {
        return TestRows.row(recipient, status);
    }
}
