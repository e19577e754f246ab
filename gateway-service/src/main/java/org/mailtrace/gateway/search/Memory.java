package org.mailtrace.gateway.search;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Observation;
import org.mailtrace.gateway.join.Message;

/**
 * Of the traces shown last, as much as it takes not to show one of them again when an older row of it turns up: in full
 * they would not fit into an address.
 *
 * @param marks oldest of them first
 */
record Memory(List<Mark> marks) {
    /** Six bytes each: with them a cursor takes about 1,400 characters; it may have 4,000. */
    static final int MOST = 160;

    static final Memory EMPTY = new Memory(List.of());

    private static final int ROW_BITS = 32;
    private static final int ID_BITS = 16;

    /**
     * One trace.
     *
     * @param row bits of where it stood; they say that it was shown
     * @param id bits of its id; they say that it may be worth to look
     */
    record Mark(int row, int id) {}

    Memory {
        marks = List.copyOf(marks.subList(Math.max(0, marks.size() - MOST), marks.size()));
    }

    static int row(Spot spot) {
        return (int) (spot.key() >>> (Long.SIZE - ROW_BITS));
    }

    /** The mark of a message that is shown at that place. */
    static Mark mark(Message message, Spot spot) {
        return new Mark(row(spot), id(message).map(Memory::bits).orElse(0));
    }

    Memory and(List<Mark> further) {
        return new Memory(Stream.concat(marks.stream(), further.stream()).toList());
    }

    boolean holdsRow(Spot spot) {
        int row = row(spot);
        return marks.stream().anyMatch(mark -> mark.row() == row);
    }

    /** Whether a message of that id may have been shown. */
    boolean mayHold(Message message) {
        return id(message)
                .map(Memory::bits)
                .filter(bits -> marks.stream().anyMatch(mark -> mark.id() == bits))
                .isPresent();
    }

    /** What the sources can be asked for it by. */
    static Optional<String> id(Message message) {
        return message.first(Observation::messageId)
                .flatMap(MailId::messageId)
                .or(() -> message.first(Observation::networkMessageId));
    }

    private static int bits(String id) {
        return (int) (Spot.hash(id.toLowerCase(Locale.ROOT)) >>> (Long.SIZE - ID_BITS));
    }
}
