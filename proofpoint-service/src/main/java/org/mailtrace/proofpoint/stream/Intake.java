package org.mailtrace.proofpoint.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import org.jboss.logging.Logger;
import org.mailtrace.index.DeadLetter;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.IndexRow;
import org.mailtrace.proofpoint.record.ReadRecord;
import org.mailtrace.proofpoint.record.RecordType;
import org.mailtrace.proofpoint.stream.Arrival.Frame;
import org.mailtrace.proofpoint.stream.Arrival.TooLarge;
import org.mailtrace.proofpoint.words.StreamSentences;

/**
 * What one connection brought and is not stored yet. Nothing is ever dropped: while the store fails no more is taken, so
 * that TCP makes the vendor wait.
 */
final class Intake {
    private static final Logger LOG = Logger.getLogger(Intake.class);
    /** A record that comes later than this was not logged just now: the vendor is still sending what was missed. */
    private static final Duration LATE = Duration.ofMinutes(2);

    private static final Duration AROUND = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT_FOR_STORE = Duration.ofSeconds(30);

    private final RecordType type;
    private final FrameReader reader;
    private final Ledger ledger;
    private final Progress progress;
    private final StreamSettings settings;
    private final List<IndexRow> rows = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private final Optional<Hour> hour;
    private final List<Missing> setAside = new ArrayList<>();
    private Optional<Instant> through = Optional.empty();
    private Instant lastLate = Instant.MIN;
    private boolean timeless;
    private long firstNanos;

    /** Of a live connection. */
    Intake(RecordType type, FrameReader reader, Ledger ledger, Progress progress, StreamSettings settings) {
        this(type, reader, ledger, progress, settings, Optional.empty());
    }

    /**
     * Of any connection.
     *
     * @param hour the hour of the archive that is read, if one is
     */
    Intake(
            RecordType type,
            FrameReader reader,
            Ledger ledger,
            Progress progress,
            StreamSettings settings,
            Optional<Hour> hour) {
        this.hour = hour;
        this.type = type;
        this.reader = reader;
        this.ledger = ledger;
        this.progress = progress;
        this.settings = settings;
    }

    void add(Frame frame) {
        progress.came(frame.bytes().length);
        // A record that says no time is of the hour that was asked for, else of about now.
        Instant about = hour.map(Hour::start).orElse(frame.at());
        switch (reader.read(type, frame.bytes(), about)) {
            case ReadRecord.Kept kept -> add(kept, frame.at());
            case ReadRecord.Poison poison -> setAside(poison.reason(), poison.excerpt(), frame.bytes(), frame.at());
            // An empty frame tells nothing of how far the vendor's sending is.
            case ReadRecord.Nothing() -> {}
        }
    }

    private void add(ReadRecord.Kept kept, Instant receivedAt) {
        begin();
        rows.add(kept.row());
        if (kept.timeGuessed()) {
            timeless = true;
            return;
        }
        progress.saw(kept.at());
        if (kept.at().isBefore(receivedAt.minus(LATE))) {
            lastLate = receivedAt;
            cameThrough(kept.at());
        } else {
            cameThrough(receivedAt);
        }
    }

    /** A record that is too large to be read is told by what its beginning says, without bodies. */
    void add(TooLarge frame) {
        progress.came(frame.length());
        String excerpt =
                reader.read(type, frame.head(), frame.at()) instanceof ReadRecord.Poison poison ? poison.excerpt() : "";
        setAside(StreamSentences.tooLarge(frame.length()), excerpt, frame.head(), frame.at());
    }

    private void setAside(String reason, String excerpt, byte[] record, Instant at) {
        begin();
        deadLetters.add(letter(reason, excerpt, mark(record)));
        setAside.add(SaidTime.in(record, at).map(Intake::around).orElseGet(() -> unsaid(at)));
    }

    private static Missing around(Instant moment) {
        return new Missing(moment.minus(AROUND), moment.plus(AROUND), Missing.Cause.UNREADABLE);
    }

    /** A record that says no time was logged about when it came, or in the hour that it was asked for with. */
    private Missing unsaid(Instant at) {
        timeless = true;
        return hour.map(each -> new Missing(each.start(), each.end(), Missing.Cause.UNREADABLE))
                .orElseGet(() -> around(at));
    }

    /** Whether a record came that does not say of when it is. */
    boolean hadTimeless() {
        return timeless;
    }

    /** Of when records were set aside. */
    List<Missing> setAside() {
        return setAside;
    }

    private DeadLetter letter(String reason, String excerpt, long mark) {
        // A stream has no offsets; the digest tells the same record when it is sent again.
        return new DeadLetter(Ledger.PART, type.word(), mark, reason, excerpt);
    }

    private static long mark(byte[] bytes) {
        CRC32 digest = new CRC32();
        digest.update(bytes);
        return digest.getValue();
    }

    private void begin() {
        if (rows.isEmpty() && deadLetters.isEmpty()) {
            firstNanos = System.nanoTime();
        }
    }

    private void cameThrough(Instant moment) {
        through = through.filter(known -> known.isAfter(moment)).or(() -> Optional.of(moment));
    }

    /** Whether the vendor was still sending what was missed after this moment. */
    boolean wasLateSince(Instant moment) {
        return !lastLate.isBefore(moment);
    }

    /** Up to when everything has come, as far as what is held here tells. */
    Optional<Instant> through() {
        return through;
    }

    /** Whether it is time to store. */
    boolean isDue() {
        int held = rows.size() + deadLetters.size();
        return held >= settings.batchSize()
                || (held > 0
                        && System.nanoTime() - firstNanos
                                >= settings.batchEvery().toNanos());
    }

    /**
     * Stores everything with what it proves. Tries until the store takes it.
     *
     * @param change what is proven once it is stored
     */
    void store(UnaryOperator<Proven> change) throws InterruptedException {
        Waits waits = new Waits(settings.firstWait(), LONGEST_WAIT_FOR_STORE);
        while (true) {
            try {
                commit(change);
                progress.storeIs(Optional.empty());
                return;
            } catch (IndexException e) {
                LOG.warnf(
                        "records cannot be stored, it is tried again type=%s reason=\"%s\"",
                        type.word(), e.getMessage());
                progress.storeIs(Optional.of(StreamSentences.notStored(e.getMessage())));
                Thread.sleep(waits.next());
            }
        }
    }

    private void commit(UnaryOperator<Proven> change) {
        // An hour of the archive is missing until it was read wholly, and then its end says what of it was set aside.
        UnaryOperator<Proven> all =
                hour.isPresent() ? change : proven -> change.apply(proven).setAside(setAside);
        try {
            ledger.commit(rows, deadLetters, all);
        } catch (IndexException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf("records cannot be stored together, each is tried on its own type=%s", type.word());
            commitEach(all);
        }
        progress.stored(rows.size(), deadLetters.size());
        rows.clear();
        deadLetters.clear();
        if (hour.isEmpty()) {
            setAside.clear();
        }
        through = Optional.empty();
    }

    /** One record that the store does not take must not stop the others. */
    private void commitEach(UnaryOperator<Proven> change) {
        for (IndexRow row : List.copyOf(rows)) {
            try {
                ledger.commit(List.of(row), List.of(), UnaryOperator.identity());
            } catch (IndexException e) {
                throw e;
            } catch (RuntimeException e) {
                rows.remove(row);
                setAside.add(around(row.at()));
                deadLetters.add(
                        letter(StreamSentences.unstorable(), "", row.key().hashCode()));
            }
        }
        ledger.commit(List.of(), deadLetters, change);
    }
}
