package org.mailtrace.standins.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.Outcome;

class DemoStoriesTest {
    @Test
    void everyStoryOfTheDemoSaysWhatMustBeConcluded() throws IOException {
        // given
        StoryBook book = demo();

        // when
        Set<Outcome> outcomes = book.stories().stream()
                .flatMap(story -> story.expect().stream())
                .map(Expectation::outcome)
                .collect(Collectors.toSet());

        // then
        assertThat(book.stories()).hasSizeGreaterThanOrEqualTo(16).allSatisfy(story -> {
            assertThat(story.expect()).isNotEmpty();
            assertThat(story.to())
                    .allMatch(
                            to -> isAskedForAsAnother(story, to)
                                    || story.expect().stream()
                                            .anyMatch(e -> e.recipient().equals(to)),
                            "expected of every recipient");
        });
        assertThat(outcomes)
                .containsExactlyInAnyOrder(
                        Outcome.DELIVERED,
                        Outcome.JUNKED,
                        Outcome.REMOVED,
                        Outcome.QUARANTINED,
                        Outcome.REJECTED,
                        Outcome.DISCARDED,
                        Outcome.FAILED,
                        Outcome.PENDING,
                        Outcome.HANDED_OFF,
                        Outcome.READDRESSED,
                        Outcome.MISSING_AT_NEXT_HOP,
                        Outcome.UNDETERMINED);
    }

    @Test
    void everyPlaceIsASystemThatKnewTheMessage() throws IOException {
        for (Story story : demo().stories()) {
            assertThat(story.expect())
                    .as(story.id())
                    .allMatch(e -> e.where().stream()
                            .allMatch(where -> story.hops().stream()
                                    .anyMatch(hop -> hop.system().word().equals(where))));
        }
    }

    private static StoryBook demo() throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (String file : List.of("rivercounty.yaml", "exchange-online.yaml", "situations.yaml")) {
            try (InputStream in = DemoStoriesTest.class.getResourceAsStream("/demo/" + file)) {
                files.put(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return new StoryLoader(Instant.parse("2026-11-23T12:00:00Z")).load(files);
    }

    /** What is asked for by an address that it went on to shows that address alone. */
    private static boolean isAskedForAsAnother(Story story, String recipient) {
        return !story.ask().recipient().isEmpty()
                && story.ask().recipient().stream().noneMatch(story.to()::contains)
                && story.to().contains(recipient);
    }
}
