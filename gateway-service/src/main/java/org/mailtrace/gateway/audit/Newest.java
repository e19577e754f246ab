package org.mailtrace.gateway.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/**
 * The records of several files, newest first, by their {@link Place}. A file is not looked into before it is its turn, so it
 * costs little how many there are.
 */
final class Newest {
    /** Records of one file may be written a little out of order, and clocks are put right now and then. */
    private static final Duration OUT_OF_ORDER = Duration.ofDays(1);

    private final AuditRecords records;
    private final Instant oldest;
    private final Map<Long, AuditCursor.Left> known;
    private final List<Place> beginnings = new ArrayList<>();
    private final PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparing(head -> head.place));
    private Optional<Place> passed;
    private boolean any;
    private long mayRead;

    /**
     * Of no files yet.
     *
     * @param from when all that is left is older by more than a day, it is over
     * @param cursor where the page before ended
     * @param mayRead about how many bytes are read, at the most
     */
    Newest(AuditRecords records, Optional<Instant> from, Optional<AuditCursor> cursor, long mayRead) {
        this.records = records;
        this.oldest = from.filter(start -> start.isAfter(Instant.EPOCH))
                .map(start -> start.minus(OUT_OF_ORDER))
                .orElse(Instant.MIN);
        this.known = cursor.map(AuditCursor::left).orElse(Map.of());
        this.passed = cursor.map(AuditCursor::passed);
        this.mayRead = mayRead;
    }

    /**
     * Adds a file, unless pages before this one have shown all of it.
     *
     * @param chain what it is like
     */
    void add(Reading file, Chain chain) {
        long key = AuditCursor.key(file.name());
        Place beginning = new Place(chain.oldest(), key, 1);
        if (chain.lines() == 0 || isPassed(beginning)) {
            return;
        }
        beginnings.add(beginning);
        heads.add(Optional.ofNullable(known.get(key))
                .map(left -> new Head(file, left, new Place(passedTime(), key, left.lines()), passedTime()))
                .orElseGet(() -> new Head(
                        file,
                        new AuditCursor.Left(file.size(), chain.lines()),
                        new Place(chain.newest(), key, chain.lines()),
                        Instant.MAX)));
    }

    /** What is left is not newer. */
    private Instant passedTime() {
        return passed.map(Place::time).orElse(Instant.MAX);
    }

    private boolean isPassed(Place place) {
        return passed.filter(last -> !place.isAfter(last)).isPresent();
    }

    /** The files of which something is left. */
    AuditCursor.Rest rest() {
        AuditCursor.Rest rest = AuditCursor.Rest.NONE;
        for (Place beginning : beginnings) {
            rest = isPassed(beginning) ? rest : rest.and(beginning.file());
        }
        return rest;
    }

    /**
     * The next record, or none: at the end of all files, or when as much was read as may be. A line is passed in any case, so
     * that page after page comes to an end.
     */
    Optional<AuditPage.Entry> peek() throws IOException {
        while (!heads.isEmpty() && (mayRead > 0 || !any)) {
            Head head = heads.element();
            if (head.place.time().isBefore(oldest)) {
                heads.clear();
            } else if (head.entry.isPresent()) {
                return head.entry;
            } else if (head.isRead) {
                // What is no record is passed over, and said by the chain.
                pass();
            } else {
                look(heads.remove());
            }
        }
        return Optional.empty();
    }

    private void look(Head head) throws IOException {
        boolean more = true;
        do {
            more = head.read(records);
            mayRead -= head.length;
        } while (more && isPassed(head.place));
        if (more) {
            heads.add(head);
        }
    }

    /** Goes on to the one before. */
    void pass() {
        Head head = heads.remove();
        passed = Optional.of(head.place);
        any = true;
        if (head.lines.place() > 0) {
            head.rest();
            heads.add(head);
        }
    }

    /** Where the next page begins; nothing if that were all records. */
    Optional<AuditCursor> left() {
        return heads.isEmpty()
                ? Optional.empty()
                : passed.map(last -> new AuditCursor(
                        last,
                        rest(),
                        heads.stream()
                                .filter(head -> head.left.end() < head.file.size())
                                .sorted(Comparator.comparingLong(head -> head.left.end() - head.file.size()))
                                .limit(AuditCursor.MOST_LEFT)
                                .collect(Collectors.toMap(head -> head.place.file(), head -> head.left))));
    }

    /** A file's newest line that was not passed yet. */
    private static final class Head {
        private final Reading file;
        private final Backwards lines;
        /** Of this line; as long as it was not read, it is not before that. */
        private Place place;

        private Instant time;
        private AuditCursor.Left left;
        private Optional<AuditPage.Entry> entry = Optional.empty();
        private boolean isRead;
        private int length;

        private Head(Reading file, AuditCursor.Left left, Place place, Instant time) {
            this.file = file;
            this.lines = new Backwards(file, left.end());
            this.left = left;
            this.place = place;
            this.time = time;
        }

        /** Reads the line before; false at the beginning of the file. */
        private boolean read(AuditRecords records) throws IOException {
            long number = isRead ? left.lines() - 1 : left.lines();
            left = new AuditCursor.Left(lines.place(), number);
            Optional<byte[]> line = lines.next();
            if (line.isEmpty()) {
                return false;
            }
            length = line.orElseThrow().length + 1;
            isRead = true;
            entry = records.of(new String(line.orElseThrow(), StandardCharsets.UTF_8))
                    .map(what -> new AuditPage.Entry(file.name(), number, what));
            Instant at = entry.map(one -> one.what().at()).orElse(Instant.MAX);
            time = at.isBefore(time) ? at : time;
            place = new Place(time, place.file(), number);
            return true;
        }

        /** Leaves what was not read to later. */
        private void rest() {
            long number = left.lines() - 1;
            left = new AuditCursor.Left(lines.place(), number);
            place = new Place(time, place.file(), number);
            entry = Optional.empty();
            isRead = false;
        }
    }
}
