package org.mailtrace.standins.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.Outcome;

class StoryLoaderTest {
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    private static final String ORGANISATION = """
            organisation:
              domains: [rivercounty.example]
              servers: [EXCH01, EXCH02]
              nextHops: { "*.mail.protection.outlook.com": exchange-online }
            """;
    private static final String STORY = """
            stories:
              - id: one
                title: One
                at: -3h
                from: sam@contoso.example
                to: [ana@rivercounty.example]
                hops:
                  - { system: proofpoint, event: receive, after: 0s }
                  - %s
            """;
    /** The line of the hop that {@link #STORY} leaves open. */
    private static final int LINE = 13;

    @Test
    void readsAStoryWithItsTimesRecipientsAndExpectations() {
        // given
        String text = ORGANISATION
                + STORY.formatted(
                        "{ system: proofpoint, event: pass, after: 90s, nextHop: x.mail.protection.outlook.com }")
                + """
                      - { system: exchange-online, event: receive, after: 2m, visibleAfter: 50m }
                    expect: [ { recipient: ana@rivercounty.example, outcome: PENDING, where: proofpoint, direction: INBOUND } ]
                """;

        // when
        Story story = load(text).stories().getFirst();

        // then
        assertThat(story.at()).isEqualTo("2026-11-23T09:00:00Z");
        assertThat(story.hops()).extracting(Hop::at).endsWith(Instant.parse("2026-11-23T09:02:00Z"));
        assertThat(story.hops().getLast().visibleAt()).isEqualTo("2026-11-23T09:52:00Z");
        assertThat(story.hops()).allMatch(hop -> hop.recipients().equals(List.of("ana@rivercounty.example")));
        assertThat(story.messageId()).matches("<one\\.[0-9a-f]+@contoso\\.example>");
        assertThat(UUID.fromString(story.networkMessageId())).hasToString(story.networkMessageId());
        assertThat(story.ask().messageId()).contains(story.messageId());
        assertThat(story.expect()).singleElement().satisfies(expected -> {
            assertThat(expected.outcome()).isEqualTo(Outcome.PENDING);
            assertThat(expected.direction()).contains(Direction.INBOUND);
        });
    }

    @Test
    void aRawFieldMayBeEmptyOnPurpose() {
        // given
        String text = ORGANISATION
                + STORY.formatted("{ system: proofpoint, event: discard, after: 1s, raw: { Message_ID: \"\" } }");

        // when
        Story story = load(text).stories().getFirst();

        // then
        assertThat(story.hops().getLast().raw()).containsExactly(Map.entry("Message_ID", ""));
    }

    @Test
    void generatesMessageIdsOfOneShapeAtEverySecondOfAStart() {
        // given
        String text = ORGANISATION + STORY.formatted("{ system: proofpoint, event: discard, after: 1s }");

        for (int second = 0; second < 50; second++) {
            // when
            StoryLoader loader = new StoryLoader(START.plusSeconds(second));
            Story story = loader.load(Map.of("story.yaml", text)).stories().getFirst();

            // then
            assertThat(story.messageId()).matches("<one\\.[0-9a-f]{8}@contoso\\.example>");
        }
    }

    @Test
    void generatesTheSameIdsForTheSameStart() {
        // given
        String text = ORGANISATION + STORY.formatted("{ system: proofpoint, event: discard, after: 1s }");

        // when
        Story first = load(text).stories().getFirst();
        Story second = load(text).stories().getFirst();

        // then
        assertThat(first.networkMessageId()).isEqualTo(second.networkMessageId());
        assertThat(first.messageId()).isEqualTo(second.messageId());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            { system: proofpoint, event: discard, colour: red }                        | a hop has no key 'colour'
            { system: proofpoint, event: deliver }                                     | 'event' is 'deliver', but must be one of
            { system: sendmail, event: pass }                                          | 'system' is 'sendmail'
            { system: exchange-online, event: deliver }                                | exchange-online has no recipient
            { system: exchange-online, event: receive }                                | no recipient is on the way to exchange-online
            { system: proofpoint, event: release }                                     | 'release' without an earlier 'quarantine'
            { system: proofpoint, event: pass, nextHop: a.example, recipients: [x@y.example] } | does not have x@y.example
            { system: proofpoint, event: pass }                                        | needs 'nextHop'
            { system: proofpoint, event: quarantine }                                  | needs 'folder'
            { system: proofpoint, event: discard, after: -5s }                         | lies before the hop that precedes it
            { system: proofpoint, event: discard, after: soon }                        | 'after' is 'soon'
            { system: proofpoint, event: discard, visibleAfter: -1m }                  | must not be negative
            { system: proofpoint, event: discard, group: g@rivercounty.example }       | 'discard' cannot have 'group'
            { system: proofpoint, event: bounce, code: 451 4.4.1 busy }                | a code for 'bounce' begins with 5
            { system: proofpoint, event: defer, code: 550 5.1.1 no }                   | a code for 'defer' begins with 4
            { system: onprem-exchange, event: receive }                                | needs 'server'
            { system: onprem-exchange, event: receive, server: EXCH09 }                | 'EXCH09' is not a server
            { system: proofpoint, event: discard, server: EXCH01 }                     | only onprem-exchange hops have a 'server'
            """)
    void refusesWhatCannotBeWithFileLineAndReason(String hop, String reason) {
        // given
        String text = ORGANISATION + STORY.formatted(hop);

        // when
        List<StoryFault> faults = refusal(text).faults();

        // then
        assertThat(faults).first().satisfies(fault -> {
            assertThat(fault.file()).isEqualTo("story.yaml");
            assertThat(fault.line()).isEqualTo(LINE);
            assertThat(fault.reason()).contains(reason);
        });
    }

    @Test
    void reportsTheFaultsOfAllStoriesAtOnce() {
        // given
        String text = ORGANISATION + STORY.formatted("{ system: proofpoint, event: release }") + """
                  - { id: two, title: Two, at: yesterday, from: nobody, to: [], hops: [], colour: red }
                  - { id: one, title: Again, at: -1h, from: "<>", to: [ana@rivercounty.example], hops: [ { system: exchange-online, event: receive } ] }
                """;

        // when
        StoriesRefusedException refusal = refusal(text);

        // then
        assertThat(refusal.getMessage())
                .contains("story.yaml:13: 'release' without")
                .contains("story.yaml:14: a story has no key 'colour'")
                .contains("story.yaml:14: 'at' is 'yesterday'")
                .contains("'nobody' in 'from' is not a mail address")
                .contains("a story needs at least one recipient")
                .contains("story.yaml:15: another story has the id 'one'");
    }

    @Test
    void namesTheLineOfBrokenYaml() {
        // given
        String text = ORGANISATION + "stories:\n  - { id: one, title: [\n";

        // when
        StoriesRefusedException refusal = refusal(text);

        // then
        assertThat(refusal.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isGreaterThanOrEqualTo(6);
            assertThat(fault.reason()).startsWith("not YAML");
        });
    }

    @Test
    void readsEveryFileOfADirectoryAndRefusesASecondOrganisation(@TempDir Path directory) throws IOException {
        // given
        Files.writeString(directory.resolve("a.yaml"), ORGANISATION);
        Files.writeString(
                directory.resolve("b.yaml"), STORY.formatted("{ system: proofpoint, event: discard, after: 1s }"));
        StoryLoader loader = new StoryLoader(START);

        // when
        StoryBook book = loader.loadDirectory(directory);
        Files.writeString(directory.resolve("c.yaml"), ORGANISATION);
        StoriesRefusedException refusal =
                catchThrowableOfType(StoriesRefusedException.class, () -> loader.loadDirectory(directory));

        // then
        assertThat(book.stories()).extracting(Story::id).containsExactly("one");
        assertThat(refusal).hasMessageContaining("c.yaml:2: the 'organisation' is given in another file already");
    }

    private static StoryBook load(String text) {
        return new StoryLoader(START).load(Map.of("story.yaml", text));
    }

    private static StoriesRefusedException refusal(String text) {
        return catchThrowableOfType(StoriesRefusedException.class, () -> load(text));
    }
}
