package org.mailtrace.standins.proofpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailtrace.standins.story.Deed;
import org.mailtrace.standins.story.Hop;
import org.mailtrace.standins.story.MailSystem;
import org.mailtrace.standins.story.Story;
import org.mailtrace.standins.story.StoryLoader;

class FilterPassTest {
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void whoWasPutOffComesAgainFromOutsideAndWhatWasHandedBackComesFromOurs() {
        // given
        Story putOff = story("""
                  - { system: proofpoint, event: receive, after: 0s, clientIp: 192.0.2.1 }
                  - { system: proofpoint, event: retry, after: 1s, code: "451 4.7.1 later" }
                  - { system: proofpoint, event: receive, after: 9m, clientIp: 192.0.2.1 }
                """);
        Story handedBack = story("""
                  - { system: proofpoint, event: receive, after: 0s, clientIp: 192.0.2.1 }
                  - { system: proofpoint, event: pass, after: 1s, nextHop: mx1.pphosted.example }
                  - { system: proofpoint, event: receive, after: 9m, clientIp: 192.0.2.1 }
                """);

        // then
        assertThat(last(putOff).fromOurs()).isFalse();
        assertThat(last(handedBack).fromOurs()).isTrue();
    }

    @Test
    void aPassMayCarryAnotherSenderAndNoMessageId() {
        // given
        Story story = story("""
                  - { system: proofpoint, event: receive, after: 0s, raw: { Message_ID: "", Sender: srs@rivercounty.example } }
                """);

        // then
        assertThat(last(story).messageId()).isEmpty();
        assertThat(last(story).sender()).isEqualTo("srs@rivercounty.example");
    }

    private static FilteredMessage last(Story story) {
        List<Hop> receipts = story.hopsOf(MailSystem.PROOFPOINT)
                .filter(hop -> hop.deed() == Deed.RECEIVE)
                .toList();
        return new FilterPass(story, receipts.getLast(), receipts.size() - 1)
                .messages()
                .getFirst();
    }

    private static Story story(String hops) {
        String text = """
                organisation:
                  domains: [rivercounty.example]
                  nextHops: { "mx*.pphosted.example": proofpoint }
                stories:
                - id: one
                  title: One
                  at: -3h
                  from: sam@contoso.example
                  to: [ana@rivercounty.example]
                  hops:
                """ + hops;
        return new StoryLoader(START).load(Map.of("one.yaml", text)).stories().getFirst();
    }
}
