package org.mailtrace.index.sqlite;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Coverage;
import org.mailtrace.index.DeadLetter;
import org.mailtrace.index.Found;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.IndexSize;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.index.packing.DamagedRowException;
import org.mailtrace.index.packing.Draft;
import org.mailtrace.index.packing.Press;
import org.mailtrace.index.packing.Recent;
import org.mailtrace.sqlite.SqliteErrors;
import org.mailtrace.sqlite.SqliteFile;
import org.sqlite.SQLiteConfig;

/**
 * The index in one SQLite file. A batch that is stored survives power loss ({@code synchronous=FULL}); readers see a
 * snapshot and never wait for the writer.
 */
public final class SqliteIndex implements TraceIndex {
    private static final System.Logger LOG = System.getLogger(SqliteIndex.class.getName());
    private static final Duration FIND_BUDGET = Duration.ofSeconds(5);
    private static final int BUSY_MILLIS = 5000;
    /** Page caches; SQLite reads a negative number as KiB. */
    private static final int WRITER_CACHE = -64 * 1024;

    private static final int READER_CACHE = -16 * 1024;
    private static final int PAGES_PER_CHECKPOINT = 4000;
    private static final Duration WAIT_FOR_READER = Duration.ofSeconds(5);
    /** Smaller files are looked through before anybody is answered from them; larger ones while answers are given. */
    private static final long CHECKED_AT_ONCE = 256L * 1024 * 1024;

    private final Writer writer;
    private final ReentrantLock writing = new ReentrantLock();
    private final BlockingQueue<Reader> readers;
    private final int readerCount;
    private final Trouble trouble;
    private final String sample;
    private final Recent recent = new Recent();
    private final WriteClaim claim;
    private final Path file;

    private SqliteIndex(
            Path file, Writer writer, List<Reader> readers, Trouble trouble, String sample, WriteClaim claim) {
        this.file = file;
        this.writer = writer;
        this.readers = new ArrayBlockingQueue<>(readers.size(), false, readers);
        this.readerCount = readers.size();
        this.trouble = trouble;
        this.sample = sample;
        this.claim = claim;
    }

    /**
     * Opens the index, making the file when there is none. A damaged file of ours is set aside as {@code .damaged} and a
     * new one is made.
     *
     * @throws IndexException with one sentence if the file cannot be used
     */
    public static SqliteIndex open(SqliteSettings settings) {
        return open(settings, Clock.systemUTC());
    }

    static SqliteIndex open(SqliteSettings settings, Clock clock) {
        Path file = settings.file().toAbsolutePath();
        try {
            createPrivately(file);
            boolean checkedLater = Files.size(file) > CHECKED_AT_ONCE;
            if (Damage.isOurs(file) && (Damage.isMarked(file) || (!checkedLater && isDamaged(file)))) {
                Damage.setAside(file);
                createPrivately(file);
            }
            SqliteIndex index = open(file, settings, clock);
            if (checkedLater) {
                Thread.ofPlatform().daemon().name("index-check").start(() -> index.check(file));
            }
            return index;
        } catch (IOException e) {
            throw new IndexException("The index file " + file + " cannot be opened for writing.", e);
        }
    }

    private static SqliteIndex open(Path file, SqliteSettings settings, Clock clock) {
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            if (Files.size(file) == 0) {
                Damage.unmark(file);
                Schema.layOut(file);
            }
            Connection first = connect(file, false);
            opened.add(first);
            Schema.prepare(first, settings.sample());
            String sample = Schema.sample(first);
            Writer writer = new Writer(first, new Press(sample), clock);
            List<Reader> readers = new ArrayList<>();
            for (int i = 0; i < settings.readers(); i++) {
                Connection connection = connect(file, true);
                opened.add(connection);
                readers.add(new Reader(connection, new Press(sample)));
            }
            return new SqliteIndex(file, writer, readers, new Trouble(file), sample, new WriteClaim(file));
        } catch (IndexException e) {
            closeAll(opened);
            throw new IndexException("The index file " + file + " cannot be used: " + e.getMessage() + ".", e);
        } catch (IOException | SQLException e) {
            closeAll(opened);
            throw new IndexException("The index file " + file + " cannot be opened for writing.", e);
        }
    }

    private static boolean isDamaged(Path file) {
        try (Connection connection = connect(file, false)) {
            return Damage.isFound(connection);
        } catch (SQLException e) {
            return SqliteErrors.isDamage(e);
        }
    }

    private void check(Path file) {
        try (Connection connection = connect(file, true)) {
            if (Damage.isFound(connection)) {
                trouble.damaged(new IndexException("the check of its structure failed"));
            }
        } catch (SQLException e) {
            trouble.of(e, false);
        }
    }

    @Override
    public void append(Batch batch) {
        takeTheRight();
        try (Press press = new Press(sample)) {
            List<Draft> drafts = Draft.of(batch.rows(), press, recent);
            writing(() -> {
                writer.store(drafts, batch);
                drafts.forEach(draft -> recent.add(draft.group()));
                return drafts.size();
            });
        }
    }

    @Override
    public int purge(Instant before, int limit) {
        takeTheRight();
        return writing(() -> writer.purge(before, limit));
    }

    @Override
    public boolean claim(String part) {
        writing.lock();
        try {
            if (claim.tryToTake()) {
                LOG.log(Level.INFO, "this process writes the index from now on for=\"{0}\"", part);
                writer.doubt();
            }
            return claim.isTaken();
        } finally {
            writing.unlock();
        }
    }

    @Override
    public boolean isShared() {
        return false;
    }

    /** Another process may have written until now: what is remembered of the file is read again. */
    private void takeTheRight() {
        writing.lock();
        try {
            if (claim.take()) {
                writer.doubt();
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    public Optional<Instant> purgedBefore() {
        return reading(reader -> reader.read(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT value FROM setting WHERE name = ?")) {
                statement.setString(1, Writer.PURGED_BEFORE);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(Instant.ofEpochMilli(rows.getLong(1))) : Optional.empty();
                }
            }
        }));
    }

    @Override
    public Optional<String> trouble() {
        return trouble.sentence();
    }

    @Override
    public Found search(IndexQuery query) {
        return reading(reader -> reader.search(query));
    }

    @Override
    public Optional<IndexedMessage> find(String group) {
        return reading(reader -> reader.find(Draft.storable(group), FIND_BUDGET));
    }

    @Override
    public Map<String, String> checkpoints(String part) {
        Map<String, String> checkpoints = new LinkedHashMap<>();
        select("SELECT stream, position FROM checkpoint WHERE part = ? ORDER BY stream", part, rows -> {
            checkpoints.put(rows.getString(1), rows.getString(2));
        });
        return checkpoints;
    }

    @Override
    public void forget(String part, Collection<String> streams) {
        takeTheRight();
        writing(() -> writer.forget(part, streams));
    }

    @Override
    public List<Coverage> coverage(String part) {
        List<Coverage> lanes = new ArrayList<>();
        select("SELECT lane, since, until FROM coverage WHERE part = ? ORDER BY lane", part, rows -> {
            lanes.add(new Coverage(
                    part,
                    rows.getString(1),
                    Instant.ofEpochMilli(rows.getLong(2)),
                    Instant.ofEpochMilli(rows.getLong(3))));
        });
        return lanes;
    }

    @Override
    public List<DeadLetter> deadLetters(String part, int limit) {
        List<DeadLetter> letters = new ArrayList<>();
        select(
                "SELECT stream, offset, reason, excerpt FROM dead_letter WHERE part = ? ORDER BY id DESC LIMIT "
                        + limit,
                part,
                rows -> {
                    letters.add(new DeadLetter(
                            part, rows.getString(1), rows.getLong(2), rows.getString(3), rows.getString(4)));
                });
        return letters;
    }

    @Override
    public long deadLetterCount(String part) {
        List<Long> count = new ArrayList<>();
        select("SELECT count(*) FROM dead_letter WHERE part = ?", part, rows -> {
            count.add(rows.getLong(1));
        });
        return count.getFirst();
    }

    /** Messages are numbered as they come and removed with the oldest first, so the numbers' span is nearly their count. */
    @Override
    public IndexSize size() {
        long[] span = new long[3];
        List<Instant> oldest = new ArrayList<>();
        reading(reader -> reader.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT (SELECT min(id) FROM message),"
                            + " (SELECT max(id) FROM message), (SELECT min(last_seen) FROM message)");
                    ResultSet rows = statement.executeQuery()) {
                rows.next();
                span[0] = rows.getLong(1);
                span[1] = rows.getLong(2);
                if (span[1] > 0) {
                    oldest.add(Instant.ofEpochMilli(rows.getLong(3)));
                }
            }
            return span;
        }));
        try {
            Path log = file.resolveSibling(file.getFileName() + "-wal");
            return new IndexSize(
                    Files.size(file) + (Files.exists(log) ? Files.size(log) : 0),
                    OptionalLong.of(Files.getFileStore(file).getUsableSpace()),
                    span[1] > 0 ? span[1] - span[0] + 1 : 0,
                    oldest.stream().findFirst());
        } catch (IOException e) {
            throw new IndexException("The size of the index file cannot be read.", e);
        }
    }

    @Override
    public void close() {
        List<AutoCloseable> open = new ArrayList<>();
        for (int i = 0; i < readerCount; i++) {
            Reader reader = readers.poll();
            if (reader != null) {
                open.add(reader);
            }
        }
        writing.lock();
        try {
            open.add(writer);
            open.add(claim);
            closeAll(open);
        } finally {
            writing.unlock();
        }
    }

    private void select(String sql, String part, RowReader each) {
        reading(reader -> reader.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, part);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        each.read(rows);
                    }
                }
            }
            return part;
        }));
    }

    private int writing(Writing work) {
        trouble.refuseIfDamaged();
        writing.lock();
        try {
            int count = work.run();
            trouble.written();
            return count;
        } catch (SQLException e) {
            throw trouble.of(e, true);
        } catch (DamagedRowException e) {
            throw trouble.damaged(e);
        } finally {
            writing.unlock();
        }
    }

    private <T> T reading(Reading<T> reading) {
        trouble.refuseIfDamaged();
        Reader reader = borrow();
        try {
            return reading.with(reader);
        } catch (SQLException e) {
            throw trouble.of(e, false);
        } catch (DamagedRowException e) {
            throw trouble.damaged(e);
        } finally {
            readers.add(reader);
        }
    }

    private Reader borrow() {
        try {
            Reader reader = readers.poll(WAIT_FOR_READER.toMillis(), TimeUnit.MILLISECONDS);
            if (reader == null) {
                throw new IndexException("The index is being asked too many questions at once.");
            }
            return reader;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IndexException("The search was given up.", e);
        }
    }

    private static Connection connect(Path file, boolean readOnly) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setGetGeneratedKeys(false);
        config.setReadOnly(readOnly);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(PAGES_PER_CHECKPOINT));
        config.setCacheSize(readOnly ? READER_CACHE : WRITER_CACHE);
        return SqliteFile.open(config, file);
    }

    /** The file holds who wrote to whom: only the service's own account may read it. */
    private static void createPrivately(Path file) throws IOException {
        Path directory = file.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        if (Files.notExists(file)) {
            Files.createFile(file);
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view != null) {
                view.setPermissions(PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    private static void closeAll(List<AutoCloseable> opened) {
        for (AutoCloseable each : opened) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IndexException("The index could not be closed.", e);
            }
        }
    }

    /** Work of the writer; returns how many. */
    private interface Writing {
        int run() throws SQLException;
    }

    /** Reads one row of a result. */
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** Work with a borrowed reader. */
    private interface Reading<T> {
        T with(Reader reader) throws SQLException;
    }
}
