package org.mailtrace.gateway.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/**
 * The records of several files, newest first. Within a file they keep its order, which is that of writing; between files,
 * their times decide.
 */
final class Newest {
    /** Records of one file may be written a little out of order, and clocks are put right now and then. */
    private static final Duration OUT_OF_ORDER = Duration.ofDays(1);

    private final AuditRecords records;
    private final Instant oldest;
    private final PriorityQueue<Head> heads = new PriorityQueue<>(
            Comparator.<Head, Instant>comparing(head -> head.at).reversed().thenComparing(head -> head.file));
    private long mayRead;

    /**
     * Of no files yet.
     *
     * @param from a record that is older by more than a day ends its file
     * @param mayRead about how many bytes are read, at the most
     */
    Newest(AuditRecords records, Optional<Instant> from, long mayRead) {
        this.records = records;
        this.oldest = from.filter(any -> any.isAfter(Instant.EPOCH))
                .map(any -> any.minus(OUT_OF_ORDER))
                .orElse(Instant.MIN);
        this.mayRead = mayRead;
    }

    /** Adds a file, or what is left of it. A line of it is read in any case, so that page after page comes to an end. */
    void add(Reading file, AuditCursor.Left left) throws IOException {
        Head head = new Head(file.name(), new Backwards(file.channel(), left.end()), left.lines());
        if (head.read(records)) {
            mayRead -= head.length;
            keep(head);
        }
    }

    /** The next record, or none: at the end of all files, or when as much was read as may be. */
    Optional<AuditPage.Entry> peek() {
        return Optional.ofNullable(heads.peek()).flatMap(head -> head.entry);
    }

    /** Goes on to the one before. */
    void pass() throws IOException {
        Head head = heads.remove();
        if (mayRead <= 0) {
            head.rest();
            keep(head);
        } else if (head.read(records)) {
            mayRead -= head.length;
            keep(head);
        }
    }

    /** What was not passed; nothing if that were all records. */
    Optional<AuditCursor> left() {
        return heads.isEmpty()
                ? Optional.empty()
                : Optional.of(new AuditCursor(heads.stream()
                        .collect(Collectors.toMap(head -> AuditCursor.key(head.file), head -> head.left))));
    }

    /** What is no record is passed over, and said by the chain. */
    private void keep(Head head) throws IOException {
        boolean any = true;
        while (any && head.entry.isEmpty() && mayRead > 0) {
            any = head.read(records);
            mayRead -= head.length;
        }
        boolean somethingLeft = head.entry.isPresent() || head.lines.place() > 0;
        if (any && somethingLeft && !head.at.isBefore(oldest)) {
            heads.add(head);
        }
    }

    /** A file's newest record that was not passed yet. */
    private static final class Head {
        private final String file;
        private final Backwards lines;
        private long number;
        private AuditCursor.Left left;
        private Optional<AuditPage.Entry> entry = Optional.empty();
        /** Before all others, as long as its record is not known. */
        private Instant at = Instant.MAX;

        private int length;

        private Head(String file, Backwards lines, long number) {
            this.file = file;
            this.lines = lines;
            this.number = number;
        }

        /** Reads the line before; false at the beginning of the file. */
        private boolean read(AuditRecords records) throws IOException {
            left = new AuditCursor.Left(lines.place(), number);
            Optional<byte[]> line = lines.next();
            if (line.isEmpty()) {
                return false;
            }
            length = line.orElseThrow().length + 1;
            long own = number;
            entry = records.of(new String(line.orElseThrow(), StandardCharsets.UTF_8))
                    .map(what -> new AuditPage.Entry(file, own, what));
            at = entry.map(one -> one.what().at()).orElse(Instant.MAX);
            if (entry.isEmpty()) {
                left = new AuditCursor.Left(lines.place(), number - 1);
            }
            number--;
            return true;
        }

        /** Leaves what was not read to a later page. */
        private void rest() {
            left = new AuditCursor.Left(lines.place(), number);
            entry = Optional.empty();
            at = Instant.MAX;
        }
    }
}
