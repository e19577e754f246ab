package org.mailtrace.proofpoint.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldRecordTest {
    private static final Path SAMPLES = Path.of("..", "..", "shared", "samples", "proofpoint");
    private final ObjectMapper json = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"quarantined_messages_response.json", "search_quarantined_emails_JsonResult_example.json"})
    void readsThePublishedRecords(String name) throws IOException {
        // given
        Path file = SAMPLES.resolve(name);
        Assumptions.assumeTrue(
                Files.exists(file), "Skipped: no published samples beside the repository (" + file + ").");

        // when
        HeldRecord.Records records =
                HeldRecord.Records.of(json.readTree(file.toFile())).orElseThrow();

        // then
        assertThat(records.records()).isNotEmpty().allSatisfy(record -> {
            assertThat(record.guid()).hasSize(32);
            assertThat(record.localGuid()).isNotEmpty();
            assertThat(record.recipients()).isNotEmpty();
        });
    }

    @Test
    void matchesByGuidAndRecipientAndNeverByMessageIdAlone() throws IOException {
        // given
        HeldRecord record = HeldRecord.Records.of(
                        json.readTree(
                                "{\"count\":1,\"records\":[{\"guid\":\"g1\",\"messageid\":\"a@b\",\"rcpts\":[\"Ana@rivercounty.example\"]}]}"))
                .orElseThrow()
                .records()
                .getFirst();

        // then
        assertThat(record.isOf("g1", "ana@rivercounty.example")).isTrue();
        assertThat(record.isOf("g1", "bo@rivercounty.example")).isFalse();
        assertThat(record.isOf("g2", "ana@rivercounty.example")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"error\":\"no\"}", "{\"count\":2}", "{\"records\":\"x\"}", "\"ok\""})
    void takesNoOtherAnswerForAnEmptyFolder(String answer) throws IOException {
        assertThat(HeldRecord.Records.of(json.readTree(answer))).isEmpty();
    }

    @Test
    void takesACountOfZeroForAnEmptyFolder() throws IOException {
        assertThat(HeldRecord.Records.of(json.readTree("{\"count\":0}"))
                        .orElseThrow()
                        .records())
                .isEmpty();
    }
}
