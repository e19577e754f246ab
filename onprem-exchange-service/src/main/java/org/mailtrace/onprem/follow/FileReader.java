package org.mailtrace.onprem.follow;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Checkpoint;
import org.mailtrace.index.DeadLetter;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.onprem.record.Fields;

/**
 * Reads what is new in one server's files, chunk by chunk; rows, where reading stands behind them and how far the
 * evidence goes are stored together. What it remembers runs ahead of the store until {@link #store()}: when that fails,
 * the reader has to be thrown away and a new one begins where the store is.
 */
final class FileReader {
    private static final Logger LOG = Logger.getLogger(FileReader.class);

    /** So much of a file is looked at in one go. */
    private static final int CHUNK = 1024 * 1024;

    private final String server;
    private final TrackingDirectory directory;
    private final TraceIndex index;
    private final Optional<Fields> fieldsWhenMissing;
    private final int maxRecord;
    private final RowMaker maker;
    private final Map<String, Position> positions = new HashMap<>();
    private final Unfinished unfinished = new Unfinished();
    private final Arrivals arrivals = new Arrivals();
    private final Lanes lanes;
    private final Pending pending;
    /** One for all files: they are read one after the other. */
    private final byte[] buffer;

    FileReader(
            String server,
            TrackingDirectory directory,
            TraceIndex index,
            Optional<Fields> fieldsWhenMissing,
            int maxRecord,
            Lanes lanes) {
        this.server = server;
        this.directory = directory;
        this.index = index;
        this.fieldsWhenMissing = fieldsWhenMissing;
        this.maxRecord = maxRecord;
        this.maker = new RowMaker(server);
        this.lanes = lanes;
        this.pending = new Pending(index);
        this.buffer = new byte[CHUNK + maxRecord];
        index.checkpoints(server)
                .forEach((file, text) -> Position.of(text).ifPresent(known -> positions.put(file, known)));
    }

    /** Whether the file was read before, by its name. */
    boolean knows(LogFile file) {
        return positions.containsKey(file.name());
    }

    /** The names of all files that were read and are not forgotten. */
    Collection<String> known() {
        return positions.keySet();
    }

    /** Forgets files that will not be read again; their rows stay. */
    void forget(Collection<String> files) {
        if (!files.isEmpty()) {
            index.forget(server, files);
            positions.keySet().removeAll(files);
        }
    }

    /** What became of rows in time, since it was last asked to begin anew. */
    Arrivals arrivals() {
        return arrivals;
    }

    /** Since when records stand unfinished. */
    Unfinished unfinished() {
        return unfinished;
    }

    /** How many bytes of the file, as it was listed, were not consumed. */
    long unread(LogFile file) {
        Position known = positions.get(file.name());
        return Math.max(0, file.size() - (known == null ? 0 : known.offset()));
    }

    /** Notes that a file is gone of which something had not been read; nothing is lost silently. */
    void lost(LogFile file) {
        arrivals.setAside();
        Position known = positions.get(file.name());
        long offset = known == null ? 0 : known.offset();
        index.append(new Batch(
                List.of(),
                List.of(new DeadLetter(server, file.name(), offset, FollowSentences.GONE_UNREAD, "")),
                List.of(),
                List.of()));
    }

    /**
     * Reads the file up to its end.
     *
     * @param look what is known about the file at this look
     * @param progress told after every chunk
     * @return why the file was left out, if it was
     */
    Optional<String> read(LogFile file, FileLook look, Runnable progress) throws IOException {
        int filled = Math.max(0, directory.read(file.name(), 0, buffer, 0, Head.SIZE));
        Head begins = Head.of(buffer, filled);
        progress.run();
        switch (begins.state()) {
            case TOO_SHORT -> {
                return look.finished() && filled > 0
                        ? Optional.of(FollowSentences.headerTorn(file.name()))
                        : Optional.empty();
            }
            case NOT_UTF8 -> {
                return Optional.of(FollowSentences.notUtf8(file.name()));
            }
            case NO_FIELDS -> {
                if (fieldsWhenMissing.isEmpty()) {
                    return Optional.of(FollowSentences.noHeader(file.name(), server));
                }
            }
            case READABLE -> {}
        }
        Fields fields = begins.fields().or(() -> fieldsWhenMissing).orElseThrow();
        Position start = new Position(begins.identity(), begins.begin(), false, Tail.NONE, fields);
        Optional<Position> known = resumable(file, start);
        Stretch stretch = new Stretch(file, look, begins.date());
        if (known.isEmpty()) {
            begun(stretch, start);
        }
        follow(stretch, known.orElse(start), progress);
        return Optional.empty();
    }

    /** Where reading goes on; from the beginning if the file is not the one that was read under this name. */
    private Optional<Position> resumable(LogFile file, Position start) throws IOException {
        Position known = positions.get(file.name());
        if (known == null) {
            return Optional.empty();
        }
        String changed = "replaced";
        if (known.identity().equals(start.identity())) {
            Tail tail = known.tail();
            byte[] now = new byte[tail.length()];
            int count = directory.read(file.name(), known.offset() - now.length, now, 0, now.length);
            if (tail.matches(now, Math.max(0, count))) {
                return Optional.of(known);
            }
            changed = count < now.length ? "cut" : changed;
        }
        LOG.warnf(
                "file was %s and is read from its beginning; rows known already stay as they are server=%s file=%s",
                changed, server, file.name());
        return Optional.empty();
    }

    /** A header alone is evidence: logging was on from then, even if nothing happened. */
    private void begun(Stretch stretch, Position position) {
        remember(
                stretch,
                new Batch(
                        List.of(),
                        List.of(),
                        List.of(checkpoint(stretch, position)),
                        stretch.covered(lanes).map(List::of).orElse(List.of())),
                position);
        stretch.date().ifPresent(date -> arrivals.dated(date, stretch.look().begun()));
    }

    private void follow(Stretch stretch, Position from, Runnable progress) throws IOException {
        String name = stretch.file().name();
        boolean abandoned = unfinished.isAbandoned(name, from.offset(), stretch.look());
        Position position = from;
        int filled = 0;
        while (true) {
            int count = directory.read(name, position.offset() + filled, buffer, filled, buffer.length - filled);
            filled += Math.max(0, count);
            boolean atEnd = filled < buffer.length;
            Chunk chunk = new Chunk(server, stretch.file(), maker, maxRecord, position);
            int consumed = chunk.consume(buffer, filled, stretch.look().ending(atEnd, abandoned));
            if (!chunk.position().equals(position)) {
                Position reached =
                        consumed == 0 ? chunk.position() : chunk.position().with(Tail.of(buffer, consumed));
                remember(stretch, batch(stretch, chunk, reached), reached);
                arrived(stretch, chunk.rows());
                position = reached;
                abandoned = false;
            }
            System.arraycopy(buffer, consumed, buffer, 0, filled - consumed);
            filled -= consumed;
            progress.run();
            if (atEnd) {
                unfinished.note(name, position.offset(), filled, stretch.look().begun());
                return;
            }
        }
    }

    private Batch batch(Stretch stretch, Chunk chunk, Position reached) {
        chunk.rows().forEach(row -> stretch.wrote(row.at()));
        return new Batch(
                chunk.rows(),
                chunk.deadLetters(),
                List.of(checkpoint(stretch, reached)),
                stretch.covered(lanes).map(List::of).orElse(List.of()));
    }

    private void arrived(Stretch stretch, List<IndexRow> rows) {
        arrivals.read(rows.size());
        if (stretch.isOfToday()) {
            rows.forEach(row -> arrivals.row(row.at(), stretch.look().begun()));
        }
    }

    private Checkpoint checkpoint(Stretch stretch, Position position) {
        return new Checkpoint(server, stretch.file().name(), position.text());
    }

    private void remember(Stretch stretch, Batch batch, Position position) {
        Position before = positions.put(stretch.file().name(), position);
        batch.coverage().forEach(lanes::put);
        if (!batch.deadLetters().isEmpty()) {
            arrivals.setAside();
        }
        long from = before == null ? 0 : before.offset();
        pending.add(
                batch,
                Math.max(0, position.offset() - from),
                stretch.file().parsed().start());
    }

    /** When the oldest file begins of which something is not stored yet. */
    Optional<Instant> notStoredSince() {
        return pending.since();
    }

    /** Stores what was read and is not stored yet. */
    void store() {
        pending.store();
    }
}
