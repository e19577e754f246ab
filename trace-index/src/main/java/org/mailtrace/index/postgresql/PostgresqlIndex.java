package org.mailtrace.index.postgresql;

import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Checkpoint;
import org.mailtrace.index.Coverage;
import org.mailtrace.index.DeadLetter;
import org.mailtrace.index.Found;
import org.mailtrace.index.IndexDeadlineException;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.IndexSize;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.index.packing.DamagedRowException;
import org.mailtrace.index.packing.Draft;
import org.mailtrace.index.packing.Press;
import org.mailtrace.index.packing.Recent;
import org.mailtrace.postgresql.PostgresqlException;
import org.mailtrace.postgresql.PostgresqlException.Reason;
import org.mailtrace.postgresql.PostgresqlSettings;
import org.mailtrace.postgresql.Work;

/**
 * The index in a PostgreSQL schema that replicas share. A batch is one transaction with its rows under deterministic keys:
 * when a connection is cut inside the commit, the same batch is stored again and changes nothing if it was there.
 *
 * <p>What is purged goes by whole days: up to a day more is kept than is asked for, and claimed.
 */
public final class PostgresqlIndex implements TraceIndex {
    /** A process that died is replaced within 30 s: this, and what the others wait between their tries. */
    public static final Duration CLAIM = Duration.ofSeconds(20);

    private static final System.Logger LOG = System.getLogger(PostgresqlIndex.class.getName());
    private static final Duration FIND_BUDGET = Duration.ofSeconds(5);
    private static final Duration LOOK_BUDGET = Duration.ofSeconds(10);

    private final Databases databases;
    private final String ownSample;
    private final boolean onlySearches;
    private final Clock clock;
    private final Days days;
    private final Purging purging = new Purging();
    private final Claims claims;
    private final Duration renewal;
    private final Failures failures = new Failures();
    private final Recent recent = new Recent();
    /** Batches and claims of this process, one after the other. */
    private final ReentrantLock writing = new ReentrantLock(true);

    private volatile Optional<String> sample = Optional.empty();
    private Optional<Thread> renewing = Optional.empty();

    private PostgresqlIndex(Databases databases, String sample, Clock clock, Duration claim, boolean onlySearches) {
        this.databases = databases;
        this.ownSample = sample;
        this.onlySearches = onlySearches;
        this.clock = clock;
        this.days = new Days(clock);
        this.claims = new Claims(claim);
        this.renewal = claim.dividedBy(4);
    }

    /**
     * Opens the index, making the tables when there are none. A server that is away does not keep it from being opened:
     * until it is back, every question fails with a sentence.
     *
     * @param sample text typical of row bodies; they are stored compressed against it. Kept in the schema when it is made
     * @throws IndexException with one sentence if the schema cannot be used
     */
    public static PostgresqlIndex open(PostgresqlSettings settings, String sample) {
        return open(settings, sample, Clock.systemUTC(), CLAIM);
    }

    /**
     * Opens it for a process that answers and never reads a log: it gets no right to a part and removes nothing, so that a
     * standby is enough for it, once a reader has stored something.
     *
     * @throws IndexException with one sentence if the schema cannot be used
     */
    public static PostgresqlIndex openToSearch(PostgresqlSettings settings, String sample) {
        return open(settings, sample, Clock.systemUTC(), CLAIM, true);
    }

    static PostgresqlIndex open(PostgresqlSettings settings, String sample, Clock clock, Duration claim) {
        return open(settings, sample, clock, claim, false);
    }

    private static PostgresqlIndex open(
            PostgresqlSettings settings, String sample, Clock clock, Duration claim, boolean onlySearches) {
        try {
            return new PostgresqlIndex(Databases.open(settings), sample, clock, claim, onlySearches);
        } catch (PostgresqlException e) {
            throw Failures.of(e);
        }
    }

    /** How its connections are used, of those that search and those that write. */
    public MeterBinder meters() {
        return databases.meters();
    }

    @Override
    public void append(Batch batch) {
        try (Press press = new Press(sample())) {
            List<Draft> drafts = Draft.of(batch.rows(), press, recent);
            Set<Long> wanted = drafts.stream()
                    .map(draft -> Days.of(draft.firstSeen()))
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> parts = Stream.concat(
                            batch.checkpoints().stream().map(Checkpoint::part),
                            batch.coverage().stream().map(Coverage::part))
                    .collect(Collectors.toCollection(TreeSet::new));
            writing(() -> {
                makeDays(wanted);
                AtomicInteger tries = new AtomicInteger();
                Claims.Steps steps = databases.writing().writeRepeatably(connection -> {
                    int before = tries.getAndIncrement();
                    Turn.take(connection);
                    Claims.Steps taken = claims.step(parts, before, connection);
                    if (!drafts.isEmpty()) {
                        try (MessageWriter writer = new MessageWriter(connection)) {
                            writer.store(drafts, press);
                        }
                    }
                    ReaderTables.store(batch, clock.millis(), connection);
                    return taken;
                });
                steps.stored();
                drafts.forEach(draft -> recent.add(draft.group()));
                return drafts.size();
            });
        }
    }

    /** A search that takes long may hold it up: until the day is made, its rows stand in the rest. */
    private void makeDays(Set<Long> wanted) {
        Set<Long> missing = days.missing(wanted);
        if (missing.isEmpty()) {
            return;
        }
        try {
            databases.writing().writeRepeatably(connection -> {
                Turn.takeToChangeTables(connection);
                days.make(connection, missing);
                return missing;
            });
            days.made(missing);
        } catch (PostgresqlException e) {
            if (e.reason() != Reason.TIMED_OUT) {
                throw e;
            }
            days.heldUp();
            LOG.log(Level.WARNING, "partitions cannot be made yet, it is tried again days={0}", missing.size());
        }
    }

    @Override
    public int purge(Instant before, int limit) {
        if (onlySearches) {
            return 0;
        }
        OptionalInt removed;
        do {
            removed = writing(() -> databases.writing().writeRepeatably(connection -> {
                Turn.takeToChangeTables(connection);
                return purging.step(connection, before.toEpochMilli(), limit);
            }));
        } while (removed.isEmpty());
        return removed.getAsInt();
    }

    @Override
    public boolean claim(String part) {
        if (onlySearches) {
            return false;
        }
        return writing(() -> {
            boolean ours = databases.writing().writeRepeatably(connection -> claims.take(part, connection));
            if (ours) {
                renew();
            }
            return ours;
        });
    }

    @Override
    public boolean isShared() {
        return true;
    }

    /** A claim is good as long as the process lives, however long its reader takes for one look. */
    private void renew() {
        if (renewing.isEmpty()) {
            renewing = Optional.of(
                    Thread.ofPlatform().daemon().name("index-claims").start(this::renewForEver));
        }
    }

    private void renewForEver() {
        try {
            while (true) {
                Thread.sleep(renewal);
                if (claims.isAnyHeld()) {
                    renewOnce();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void renewOnce() {
        try {
            databases.writing().writeRepeatably(connection -> {
                claims.renew(connection);
                return true;
            });
        } catch (PostgresqlException e) {
            LOG.log(Level.WARNING, "claims cannot be renewed, it is tried again reason=\"{0}\"", e.getMessage());
        }
    }

    @Override
    public Optional<Instant> purgedBefore() {
        return looking(connection -> Floor.of(connection).map(Instant::ofEpochMilli));
    }

    @Override
    public Optional<String> refusal() {
        return databases.searching().refusal().or(databases.writing()::refusal);
    }

    @Override
    public Optional<String> trouble() {
        return failures.sentence();
    }

    @Override
    public Found search(IndexQuery query) {
        return searching(query.deadline(), search -> search.search(query));
    }

    @Override
    public Optional<IndexedMessage> find(String group) {
        return searching(FIND_BUDGET, search -> search.find(Draft.storable(group)));
    }

    @Override
    public Map<String, String> checkpoints(String part) {
        return looking(connection -> ReaderTables.checkpoints(part, connection));
    }

    @Override
    public void forget(String part, Collection<String> streams) {
        writing(() -> {
            AtomicInteger tries = new AtomicInteger();
            Claims.Steps steps = databases.writing().writeRepeatably(connection -> {
                int before = tries.getAndIncrement();
                Turn.take(connection);
                Claims.Steps taken = claims.step(Set.of(part), before, connection);
                ReaderTables.forget(part, streams, connection);
                return taken;
            });
            steps.stored();
            return streams.size();
        });
    }

    @Override
    public List<Coverage> coverage(String part) {
        return looking(connection -> ReaderTables.coverage(part, connection));
    }

    @Override
    public List<DeadLetter> deadLetters(String part, int limit) {
        return looking(connection -> ReaderTables.deadLetters(part, limit, connection));
    }

    @Override
    public long deadLetterCount(String part) {
        return looking(connection -> ReaderTables.deadLetterCount(part, connection));
    }

    @Override
    public IndexSize size() {
        return looking(Size::of);
    }

    /** Gives the claims back, so that another replica takes over at once. */
    @Override
    public void close() {
        writing.lock();
        try {
            renewing.ifPresent(Thread::interrupt);
            if (claims.isAnyHeld()) {
                databases.writing().writeRepeatably(connection -> {
                    claims.giveBack(connection);
                    return true;
                });
            }
        } catch (PostgresqlException e) {
            LOG.log(Level.WARNING, "claims were not given back, they run out reason=\"{0}\"", e.getMessage());
        } finally {
            writing.unlock();
            databases.close();
        }
    }

    /** What all replicas press against: what the first of them brought. */
    private String sample() {
        if (sample.isEmpty()) {
            sample = looking(PostgresqlIndex::keptSample);
        }
        if (sample.isEmpty()) {
            try {
                sample = databases.writing().writeRepeatably(connection -> {
                    try (PreparedStatement keep = connection.prepareStatement(
                            "INSERT INTO setting VALUES('sample', ?) ON CONFLICT DO NOTHING")) {
                        keep.setString(1, ownSample);
                        keep.executeUpdate();
                    }
                    return keptSample(connection);
                });
            } catch (PostgresqlException e) {
                throw failures.writing(e);
            }
        }
        return sample.orElseThrow();
    }

    private static Optional<String> keptSample(Connection connection) throws SQLException {
        try (PreparedStatement kept = connection.prepareStatement("SELECT value FROM setting WHERE name = 'sample'");
                ResultSet rows = kept.executeQuery()) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        }
    }

    private <T> T writing(Supplier<T> work) {
        writing.lock();
        try {
            T result = work.get();
            failures.written();
            return result;
        } catch (PostgresqlException e) {
            throw failures.writing(e);
        } catch (DamagedRowException e) {
            throw failures.damaged(e);
        } finally {
            writing.unlock();
        }
    }

    private <T> T searching(Duration budget, Searching<T> searching) {
        if (budget.toMillis() < 1) {
            throw new IndexDeadlineException(null);
        }
        String against = sample();
        try (Press press = new Press(against)) {
            return databases
                    .searching()
                    .read(budget, connection -> searching.with(new Search(connection, press, budget)));
        } catch (PostgresqlException e) {
            throw failures.searching(e);
        } catch (DamagedRowException e) {
            throw failures.damaged(e);
        }
    }

    private <T> T looking(Work<T> work) {
        try {
            return databases.searching().read(LOOK_BUDGET, work);
        } catch (PostgresqlException e) {
            throw failures.searching(e);
        }
    }

    /** Work of a search. */
    private interface Searching<T> {
        T with(Search search) throws SQLException;
    }
}
