package org.mailtrace.gateway.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.gateway.Flow.ANA;
import static org.mailtrace.gateway.Flow.ID;
import static org.mailtrace.gateway.Flow.held;
import static org.mailtrace.gateway.Flow.is;
import static org.mailtrace.gateway.Flow.observation;
import static org.mailtrace.gateway.Flow.passedTo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.QuarantineState;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;

class JoinerTest {
    private final Joiner joiner = new Joiner(Duration.ofDays(5));

    @Test
    void joinsByMessageIdWhateverItsCaseAndBrackets() {
        // given
        Sighting edge = seen("edge", 100, "<ABC@contoso.example>", passed(100));
        Sighting cloud = seen("cloud", 99, "abc@contoso.example", is(RecipientStatus.DELIVERED, 99));

        // then
        assertThat(joiner.join(List.of(edge, cloud))).singleElement().satisfies(message -> {
            assertThat(message.sightings()).hasSize(2);
            assertThat(message.by()).containsExactly("message-id");
        });
    }

    @Test
    void countsTheSameObservationOnce() {
        // given
        Sighting edge = seen("edge", 100, ID, passed(100));

        // then
        assertThat(joiner.join(List.of(edge, edge, edge)))
                .singleElement()
                .satisfies(message -> assertThat(message.sightings()).hasSize(1));
    }

    @Test
    void tellsResendsWithTheSameMessageIdApart() {
        // given
        List<Sighting> sightings = new ArrayList<>(List.of(
                seen("edge", 300, ID, passed(300)),
                seen("cloud", 299, ID, is(RecipientStatus.DELIVERED, 299)),
                seen("edge", 100, ID, passed(100)),
                seen("cloud", 99, ID, is(RecipientStatus.JUNKED, 99))));

        for (int seed = 0; seed < 24; seed++) {
            // when
            Collections.shuffle(sightings, new Random(seed));
            List<Message> messages = joiner.join(sightings);

            // then
            assertThat(messages).hasSize(2);
            assertThat(messages.getFirst().wordsOn(ANA).stream().map(Word::status))
                    .contains(RecipientStatus.JUNKED)
                    .doesNotContain(RecipientStatus.DELIVERED);
        }
    }

    @Test
    void tellsMessagesOfDifferentSendersWithTheSameMessageIdApart() {
        // given
        Sighting one = seen("edge", 100, ID, passed(100));
        Sighting other = new Sighting(
                "edge",
                from("eve@elsewhere.example", seen("edge", 98, ID, passed(98)).observation()));

        // then
        assertThat(joiner.join(List.of(one, other))).hasSize(2);
    }

    @Test
    void keepsAReleaseWithTheMessageThatWasHeld() {
        // given
        Sighting first = seen("edge", 600, ID, held(QuarantineState.GONE));
        Sighting released = seen("edge", 100, ID, passed(100));

        // then
        assertThat(joiner.join(List.of(released, first))).hasSize(1);
    }

    private static Recipient passed(long minutesAgo) {
        return passedTo(ANA, "in.cloud.example", "250 ok", minutesAgo);
    }

    private static Sighting seen(String source, long minutesAgo, String id, Recipient recipient) {
        return new Sighting(
                source, observation(source, minutesAgo, Optional.of(id), Optional.empty(), true, recipient));
    }

    private static Observation from(String sender, Observation seen) {
        return new Observation(
                seen.sourceId(),
                seen.messageId(),
                seen.networkMessageId(),
                Optional.of(sender),
                seen.headerFrom(),
                seen.subject(),
                seen.sizeBytes(),
                seen.firstSeen(),
                seen.lastSeen(),
                seen.origin(),
                seen.direction(),
                seen.clientIp(),
                seen.recipientCount(),
                seen.recipientsComplete(),
                seen.detailsFetched(),
                seen.recipients(),
                seen.events(),
                seen.relatedMessages(),
                seen.consoleUrl());
    }
}
