package org.mailtrace.onprem.follow;

import java.util.Optional;
import org.mailtrace.onprem.record.Fields;

/**
 * Where reading stands in one file.
 *
 * @param identity what file it is, whatever its name: all tracking logs of a server begin with the same lines, so it is
 *     the header's date, or the first line of a file without header
 * @param offset the first byte that was not consumed
 * @param skipping whether reading stands inside a record that was set aside
 * @param tail what was consumed last
 * @param fields the columns in force there
 */
record Position(String identity, long offset, boolean skipping, Tail tail, Fields fields) {
    private static final String SEPARATOR = "|";

    String text() {
        return String.join(SEPARATOR, identity, Long.toString(offset), skipping ? "1" : "0", tail.text(), fields.tag());
    }

    static Optional<Position> of(String text) {
        String[] parts = text.split("\\|", 5);
        if (parts.length != 5) {
            return Optional.empty();
        }
        try {
            long offset = Long.parseLong(parts[1]);
            return Tail.of(parts[3])
                    .flatMap(tail -> Fields.ofTag(parts[4])
                            .map(fields -> new Position(parts[0], offset, parts[2].equals("1"), tail, fields)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    Position at(long newOffset, boolean nowSkipping, Fields nowFields) {
        return new Position(identity, newOffset, nowSkipping, tail, nowFields);
    }

    Position with(Tail newTail) {
        return new Position(identity, offset, skipping, newTail, fields);
    }
}
