package org.mailtrace.exo.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.Recipient;
import org.mailtrace.exo.Settings;
import org.mailtrace.exo.detail.DetailEvent;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.words.StatusWords;

/** Every status with its sentences, against the golden dictionary: a changed sentence is reviewed as prose. */
class StatusDictionaryTest {
    private static final List<String> STATUSES = List.of(
            "delivered",
            "pending",
            "failed",
            "expanded",
            "quarantined",
            "filteredAsSpam",
            "gettingStatus",
            "recalled",
            "resolved",
            "none",
            "unknownFutureValue");
    private final RecipientReader reader =
            new RecipientReader(new Organisation(Settings.of(OrganisationSettings.class, Map.of())));

    @Test
    void saysWhatTheGoldenDictionarySays() throws IOException {
        // given
        String golden;
        try (InputStream in = getClass().getResourceAsStream("/status-dictionary.txt")) {
            golden = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }

        // then
        assertThat(dictionary()).isEqualTo(golden);
    }

    private String dictionary() {
        List<String> lines = new ArrayList<>();
        for (String status : STATUSES) {
            lines.add(line(status + ", events not read", reader.read(row(status), Optional.empty(), List.of())));
        }
        for (EventType type : EventType.values()) {
            lines.add(line("delivered, last event " + type, read("delivered", type, "")));
        }
        lines.add(line(
                "pending, deferred", read("pending", EventType.DEFER, "Reason: [{LED=450 4.4.317 Cannot connect}]")));
        lines.add(line("pending, moderated", read("pending", EventType.MODERATION, "")));
        for (String code : StatusWords.failureCodes()) {
            lines.add(line("failed " + code, read("failed", EventType.FAIL, "Reason: [{LED=550 " + code + " text}]")));
        }
        lines.add(line("failed, another code", read("failed", EventType.FAIL, "Reason: [{LED=550 5.9.9 text}]")));
        return String.join("\n", lines) + "\n";
    }

    private Recipient read(String status, EventType type, String description) {
        DetailEvent event = TestRows.event(type, type.name(), description);
        return reader.read(row(status), Optional.of(List.of(event)), List.of());
    }

    private static TraceRow row(String status) {
        return TestRows.row("ana@rivercounty.example", status);
    }

    private static String line(String when, Recipient recipient) {
        return when + " -> " + recipient.status() + "\n    " + recipient.explanation() + "\n    "
                + recipient.nextAction().orElse("-");
    }
}
