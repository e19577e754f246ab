package org.mailtrace.gateway.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.gateway.Flow;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.join.Sighting;

class TraceIdsTest {
    private static final int LONGEST = 2000;

    private final Seal seal = new Seal(Flow.settings());
    private final TraceIds ids = new TraceIds(seal);

    @Test
    void aMessageOfTwoHundredSightingsIsFoundAgainByWhereItBeganAndWhereItWentLast() {
        // given
        List<Sighting> sightings = IntStream.range(0, 200)
                .mapToObj(i -> new Sighting("cloud", sighting(i)))
                .toList();
        Message message = new Message(sightings, List.of());

        // when
        String id = ids.idOf(message);
        TraceIds.Content content = ids.read(id).orElseThrow();

        // then
        assertThat(id).hasSizeLessThan(LONGEST);
        assertThat(content.messageId()).contains(Flow.ID);
        assertThat(content.firstSeen()).isEqualTo(message.firstSeen());
        assertThat(content.places())
                .hasSize(TraceIds.MAX_PLACES)
                .contains(
                        place(message.sightings().getFirst()),
                        place(message.sightings().getLast()));
    }

    @Test
    void anIdOfTheFirstVersionIsStillRead() throws IOException {
        // given
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(1);
            out.writeLong(Flow.NOW.toEpochMilli());
            out.writeUTF(Flow.ID);
            out.writeByte(1);
            out.writeUTF("cloud");
            out.writeUTF("c1");
        }
        String old = Base64.getUrlEncoder().withoutPadding().encodeToString(seal.close(bytes.toByteArray(), ""));

        // then
        assertThat(ids.read(old))
                .contains(new TraceIds.Content(
                        Flow.NOW, Optional.of(Flow.ID), List.of(new TraceIds.Place("cloud", "c1"))));
    }

    @Test
    void whatWasSealedAsACursorIsNoId() {
        assertThat(ids.read(Base64.getUrlEncoder().encodeToString(seal.close(new byte[] {2}, "cursor"))))
                .isEmpty();
    }

    private static TraceIds.Place place(Sighting sighting) {
        return new TraceIds.Place(sighting.source(), sighting.observation().sourceId());
    }

    private static Observation sighting(int number) {
        Observation seen = Flow.observation(
                "cloud",
                1000 - number,
                Optional.of(Flow.ID),
                Optional.empty(),
                true,
                Flow.is(RecipientStatus.DELIVERED, 1));
        return new Observation(
                "MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwfHN5bnRoZXRpYw" + number,
                seen.messageId(),
                seen.networkMessageId(),
                seen.sender(),
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
