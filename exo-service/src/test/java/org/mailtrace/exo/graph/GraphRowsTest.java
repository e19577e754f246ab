package org.mailtrace.exo.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.rows.VendorTime;

class GraphRowsTest {
    @Test
    void readsARow() throws JsonProcessingException {
        // when
        TraceRow row = row("""
                {"id":"4451A06248CBE80DE8C0196330437AE6","senderAddress":"sam@contoso.example",
                 "recipientAddress":"Ana@rivercounty.example","messageId":"<a@contoso.example>",
                 "receivedDateTime":"2026-11-23T08:12:04Z","subject":"Report","size":45678,"fromIP":"192.0.2.7",
                 "toIP":"","status":"Delivered"}""").orElseThrow();

        // then
        assertThat(row.traceId()).isEqualTo("4451a062-48cb-e80d-e8c0-196330437ae6");
        assertThat(row.key().recipient()).isEqualTo("ana@rivercounty.example");
        assertThat(row.sizeBytes()).contains(45678L);
        assertThat(row.toIp()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"<>\""})
    void showsAMissingSenderAsTheNullSender(String sender) throws JsonProcessingException {
        assertThat(
                        row("{\"id\":\"x\",\"recipientAddress\":\"a@b.example\",\"receivedDateTime\":\"2026-11-23T08:12:04Z\","
                                        + "\"senderAddress\":" + sender + "}")
                                .orElseThrow()
                                .sender())
                .isEqualTo("<>");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T08:12:04Z,2026-11-23T08:12:04Z",
        "2026-11-23T08:12:04.6006882Z,2026-11-23T08:12:04.600688200Z",
        "2026-11-23T08:12:04.6006882,2026-11-23T08:12:04.600688200Z",
        "2026-11-23T09:12:04+01:00,2026-11-23T08:12:04Z"
    })
    void readsEveryTimeAsUtc(String text, Instant expected) {
        assertThat(VendorTime.of(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\":\"x\",\"recipientAddress\":\"a@b.example\",\"receivedDateTime\":\"yesterday\"}",
                "{\"id\":\"x\",\"recipientAddress\":null,\"receivedDateTime\":\"2026-11-23T08:12:04Z\"}",
                "{\"id\":7,\"recipientAddress\":\"a@b.example\",\"receivedDateTime\":\"2026-11-23T08:12:04Z\"}",
                "[]",
                "null"
            })
    void makesNoRowOfWhatIsNone(String json) throws JsonProcessingException {
        assertThat(row(json)).isEmpty();
    }

    private static Optional<TraceRow> row(String json) throws JsonProcessingException {
        return GraphRows.row(new ObjectMapper().readTree(json));
    }
}
