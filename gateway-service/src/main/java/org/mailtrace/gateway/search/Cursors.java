package org.mailtrace.gateway.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mailtrace.contract.Fault;
import org.mailtrace.gateway.words.PageWords;

/** Cursors as text, {@linkplain Seal sealed}: they name the moments at which somebody got mail. */
@ApplicationScoped
public class Cursors {
    /** Stands before what is sealed; the texts of the first version began with a digit. */
    private static final byte VERSION = 2;

    private static final String PURPOSE = "cursor";

    private final Seal seal;

    public Cursors(Seal seal) {
        this.seal = seal;
    }

    String encoded(Cursor cursor) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(cursor.from().toEpochMilli());
            out.writeLong(cursor.to().toEpochMilli());
            out.writeLong(cursor.shownDownTo().at().toEpochMilli());
            out.writeLong(cursor.shownDownTo().key());
            out.writeInt((int) cursor.overlap().toMillis());
            out.writeUTF(String.join(",", new TreeSet<>(cursor.living())));
            out.writeByte(cursor.waits());
            List<Memory.Mark> marks = cursor.memory().marks();
            out.writeShort(marks.size());
            for (Memory.Mark mark : marks) {
                out.writeInt(mark.row());
                out.writeShort(mark.id());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] sealed = seal.close(bytes.toByteArray(), PURPOSE);
        byte[] all = new byte[1 + sealed.length];
        all[0] = VERSION;
        System.arraycopy(sealed, 0, all, 1, sealed.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /**
     * Reads a cursor.
     *
     * @param faults gets what is wrong with it
     */
    Optional<Cursor> read(String encoded, List<Fault> faults) {
        byte[] all = bytes(encoded);
        if (all.length > 0 && all[0] != VERSION) {
            faults.add(new Fault("cursor", PageWords.OTHER_VERSION));
            return Optional.empty();
        }
        Optional<Cursor> cursor = Optional.of(all)
                .filter(bytes -> bytes.length > 0)
                .flatMap(bytes -> seal.open(Arrays.copyOfRange(bytes, 1, bytes.length), PURPOSE))
                .flatMap(Cursors::content);
        if (cursor.isEmpty()) {
            faults.add(new Fault("cursor", PageWords.NOT_OURS));
        }
        return cursor;
    }

    private static byte[] bytes(String encoded) {
        try {
            return Base64.getUrlDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static Optional<Cursor> content(byte[] plain) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain));
            Instant from = Instant.ofEpochMilli(in.readLong());
            Instant to = Instant.ofEpochMilli(in.readLong());
            Spot shownDownTo = new Spot(Instant.ofEpochMilli(in.readLong()), in.readLong());
            Duration overlap = Duration.ofMillis(in.readInt());
            String living = in.readUTF();
            int waits = in.readByte();
            int count = in.readUnsignedShort();
            List<Memory.Mark> marks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                marks.add(new Memory.Mark(in.readInt(), in.readUnsignedShort()));
            }
            return Optional.of(new Cursor(
                    from,
                    to,
                    shownDownTo,
                    overlap,
                    living.isEmpty() ? Set.of() : Set.of(living.split(",")),
                    waits,
                    new Memory(marks)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
