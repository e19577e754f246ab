package org.mailtrace.onprem.follow;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Checkpoint;
import org.mailtrace.index.Coverage;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.onprem.record.Fields;

/**
 * Reads what is new in one server's files, chunk by chunk; each chunk's rows, where reading stands then and how far the
 * evidence goes are stored in one transaction. Memory is bounded by the largest record allowed.
 */
final class FileReader {
    private static final int CHUNK = 256 * 1024;

    private final String server;
    private final TrackingDirectory directory;
    private final TraceIndex index;
    private final Optional<Fields> fieldsWhenMissing;
    private final int maxRecord;
    private final RowMaker maker;
    private final Map<String, String> positions;
    private final Lanes lanes;

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
        this.positions = new HashMap<>(index.checkpoints(server));
        this.lanes = lanes;
    }

    /** Whether the file was read before, by its name. */
    boolean knows(LogFile file) {
        return positions.containsKey(file.name());
    }

    /**
     * Reads the file up to its end.
     *
     * @param finished whether nothing will be written to it any more, so that its end ends its last record
     * @param progress told after every chunk
     * @return why the file was left out, if it was
     */
    Optional<String> read(LogFile file, boolean finished, Runnable progress) throws IOException {
        byte[] head = new byte[Head.SIZE];
        Head begins = Head.of(head, Math.max(0, directory.read(file.name(), 0, head, 0, head.length)));
        progress.run();
        switch (begins.state()) {
            case TOO_SHORT -> {
                return Optional.empty();
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
        Position start = new Position(begins.identity(), begins.begin(), false, fields);
        Position position = Optional.ofNullable(positions.get(file.name()))
                .flatMap(Position::of)
                .filter(known -> known.identity().equals(begins.identity()))
                .filter(known -> known.offset() <= Math.max(file.size(), 0) || !shrunk(file, known))
                .orElse(start);
        if (!knows(file) || !lanes.knows(file.parsed().lane())) {
            begun(file, begins, position);
        }
        follow(file, position, finished, progress);
        return Optional.empty();
    }

    /** A size in a listing may be old; only the file itself tells. */
    private boolean shrunk(LogFile file, Position known) {
        try {
            byte[] one = new byte[1];
            return known.offset() > 0 && directory.read(file.name(), known.offset() - 1, one, 0, 1) < 1;
        } catch (IOException e) {
            return false;
        }
    }

    /** A header alone is evidence: logging was on from then, even if nothing happened. */
    private void begun(LogFile file, Head begins, Position position) {
        List<Coverage> coverage = begins.date()
                .map(date -> List.of(lanes.with(file.parsed().lane(), date, date)))
                .orElse(List.of());
        store(file, new Batch(List.of(), List.of(), List.of(checkpoint(file, position)), coverage), position);
    }

    private void follow(LogFile file, Position from, boolean finished, Runnable progress) throws IOException {
        Position position = from;
        byte[] bytes = new byte[CHUNK];
        int filled = 0;
        while (true) {
            int count = directory.read(file.name(), position.offset() + filled, bytes, filled, bytes.length - filled);
            filled += Math.max(0, count);
            boolean atEnd = filled < bytes.length;
            Chunk chunk = new Chunk(server, file, maker, position);
            int consumed = chunk.consume(bytes, filled, atEnd && finished);
            if (consumed == 0 && !atEnd && bytes.length >= maxRecord) {
                chunk.giveUp(bytes, filled);
            }
            if (!chunk.position().equals(position)) {
                store(file, batch(file, chunk), chunk.position());
                position = chunk.position();
            } else if (!atEnd) {
                bytes = Arrays.copyOf(bytes, Math.min(maxRecord, bytes.length * 2));
            }
            System.arraycopy(bytes, consumed, bytes, 0, filled - consumed);
            filled -= consumed;
            progress.run();
            if (atEnd) {
                return;
            }
        }
    }

    private Batch batch(LogFile file, Chunk chunk) {
        List<Coverage> coverage = chunk.oldest()
                .flatMap(oldest -> chunk.newest().map(newest -> covered(file, oldest, newest)))
                .map(List::of)
                .orElse(List.of());
        return new Batch(chunk.rows(), chunk.deadLetters(), List.of(checkpoint(file, chunk.position())), coverage);
    }

    private Coverage covered(LogFile file, Instant oldest, Instant newest) {
        return lanes.with(file.parsed().lane(), oldest, newest);
    }

    private Checkpoint checkpoint(LogFile file, Position position) {
        return new Checkpoint(server, file.name(), position.text());
    }

    /** What is remembered changes only once it is stored. */
    private void store(LogFile file, Batch batch, Position position) {
        index.append(batch);
        positions.put(file.name(), position.text());
        batch.coverage().forEach(lanes::put);
    }
}
