package org.mailtrace.onprem.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.RecipientStatus;

/** The sentences are a product of their own: a change of one is seen and read. */
class DictionaryTest {
    @Test
    void saysWhatTheGoldenDictionarySays() throws IOException {
        try (InputStream golden = DictionaryTest.class.getResourceAsStream("dictionary.md")) {
            assertThat(dictionary()).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void hasASentenceForEveryEventItKnows() {
        assertThat(EventIds.known().keySet())
                .allSatisfy(event -> assertThat(Dictionary.event(event, "SMTP", Optional.empty()))
                        .as(event)
                        .isPresent());
    }

    private static String dictionary() {
        List<String> lines = new ArrayList<>();
        lines.add("# On-premises Exchange: what is said\n\n## Recipients\n");
        for (RecipientStatus status : RecipientStatus.values()) {
            if (Dictionary.says(status)) {
                lines.add(entry(status, Optional.empty()));
            }
        }
        lines.add(entry(RecipientStatus.DELIVERED, Optional.of("duplicate")));
        lines.add(entry(RecipientStatus.DEFERRED, Optional.of("poison")));
        lines.add(entry(RecipientStatus.DEFERRED, Optional.of("throttled")));
        lines.add(entry(RecipientStatus.DISCARDED, Optional.of("badmail")));
        lines.add(entry(RecipientStatus.DISCARDED, Optional.of("suppressed")));
        lines.add(entry(RecipientStatus.IN_TRANSIT, Optional.of("moderation")));
        lines.add(entry(RecipientStatus.UNKNOWN, Optional.of("housekeeping")));
        lines.add("\n## Events\n");
        new TreeMap<>(EventIds.known())
                .forEach((event, verdict) -> lines.add("* `" + event + "` ("
                        + verdict.type()
                        + verdict.status().map(status -> ", " + status).orElse("") + "): "
                        + Dictionary.event(event, "SMTP", Optional.of("text")).orElseThrow()));
        return String.join("\n", lines) + "\n";
    }

    private static String entry(RecipientStatus status, Optional<String> reason) {
        boolean explains = status == RecipientStatus.FAILED
                || status == RecipientStatus.DEFERRED
                || status == RecipientStatus.DISCARDED;
        LastWord word = new LastWord(
                status,
                "EVENT",
                Instant.EPOCH,
                reason,
                explains ? Optional.of("text") : Optional.empty(),
                status == RecipientStatus.PASSED_ON
                        ? Optional.of(new NextHop("mx.contoso.example", Optional.of("250 2.0.0 OK")))
                        : Optional.empty(),
                List.of());
        return "* `" + status + "`" + reason.map(text -> ", " + text).orElse("") + ": " + Dictionary.explanation(word)
                + " " + Dictionary.nextAction(word).orElse("");
    }
}
