package org.mailtrace.gateway.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailtrace.contract.Observation;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.join.Sighting;

/** Trace ids without a store: what is needed to find a message again, {@linkplain Seal sealed}. */
@ApplicationScoped
class TraceIds {
    /** Ids of the first version counted their places in one byte. */
    private static final int VERSION_1 = 1;

    private static final int VERSION = 2;

    /**
     * How many places an id names, so that it stays an address that everybody takes: where the message began and where
     * it went last. The Message-ID finds the others.
     */
    static final int MAX_PLACES = 12;

    private static final String PURPOSE = "";

    private final Seal seal;

    TraceIds(Seal seal) {
        this.seal = seal;
    }

    /** What an id carries. */
    record Content(Instant firstSeen, Optional<String> messageId, List<Place> places) {}

    /** Where one source has it. */
    record Place(String source, String sourceId) {}

    String idOf(Message message) {
        List<Sighting> places = places(message.sightings());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(message.firstSeen().toEpochMilli());
            out.writeUTF(message.first(Observation::messageId).orElse(""));
            out.writeShort(places.size());
            for (Sighting sighting : places) {
                out.writeUTF(sighting.source());
                out.writeUTF(sighting.observation().sourceId());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(seal.close(bytes.toByteArray(), PURPOSE));
    }

    private static List<Sighting> places(List<Sighting> sightings) {
        if (sightings.size() <= MAX_PLACES) {
            return sightings;
        }
        int half = MAX_PLACES / 2;
        return Stream.concat(sightings.stream().limit(half), sightings.stream().skip(sightings.size() - half))
                .toList();
    }

    /** Reads an id; empty if it is not one of ours. */
    Optional<Content> read(String id) {
        try {
            return seal.open(Base64.getUrlDecoder().decode(id), PURPOSE).flatMap(TraceIds::content);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Content> content(byte[] plain) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain));
            int version = in.readByte();
            if (version != VERSION && version != VERSION_1) {
                return Optional.empty();
            }
            Instant firstSeen = Instant.ofEpochMilli(in.readLong());
            Optional<String> messageId = Optional.of(in.readUTF()).filter(text -> !text.isEmpty());
            int count = version == VERSION_1 ? in.readUnsignedByte() : in.readUnsignedShort();
            List<Place> places = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                places.add(new Place(in.readUTF(), in.readUTF()));
            }
            return Optional.of(new Content(firstSeen, messageId, places));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
