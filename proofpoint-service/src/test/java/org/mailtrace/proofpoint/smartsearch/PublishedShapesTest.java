package org.mailtrace.proofpoint.smartsearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.proofpoint.row.MessageRow;

/** The shapes that public integrations publish, where they lie beside the repository, and what is no answer. */
class PublishedShapesTest {
    private static final Path SAMPLES = Path.of("..", "..", "shared", "samples", "proofpoint");
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void readsThePublishedRow() throws IOException {
        // given
        Path file = SAMPLES.resolve("smart_search_response.json");
        Assumptions.assumeTrue(
                Files.exists(file), "Skipped: no published samples beside the repository (" + file + ").");

        // when
        MessageRow row = SearchResult.of(json.readTree(file.toFile()))
                .orElseThrow()
                .rows()
                .getFirst();

        // then
        assertThat(row.date()).contains(Instant.parse("2020-05-20T20:13:02Z"));
        assertThat(row.key()).contains("9rLtu31xs8H24NF8KcRw-S6EihtLK-y_");
        assertThat(row.recipients()).containsExactly("user@example.com");
        assertThat(row.words("Policy_Routes")).containsExactly("allow_relay", "firewallsafe", "internalnet");
        assertThat(row.column("module_rules")).contains("access.system");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"result\":null}", "{\"result\":[]}", "[]", "{\"took\":3}"})
    void takesAMissingResultForNothingFound(String answer) throws IOException {
        assertThat(SearchResult.of(json.readTree(answer)).orElseThrow().rows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":\"index is closed\"}",
                "{\"status\":\"failed\",\"Message\":\"no\"}",
                "{\"result\":\"none\"}",
                "{\"result\":[1,2]}",
                "[{}]",
                "\"ok\"",
                "42",
            })
    void takesNothingElseForAnEmptyAnswer(String answer) throws IOException {
        assertThat(SearchResult.of(json.readTree(answer))).isEmpty();
    }

    @Test
    void readsNumbersAndListsAsText() throws IOException {
        // when
        JsonNode row =
                json.readTree("{\"Message_Size\":1142,\"Recipients\":[\"a@b.example\",\"c@d.example\"],\"GUID\":null}");

        // then
        assertThat(MessageRow.of(row).column("Message_Size")).contains("1142");
        assertThat(MessageRow.of(row).recipients()).containsExactly("a@b.example", "c@d.example");
        assertThat(MessageRow.of(row).key()).isEmpty();
    }
}
