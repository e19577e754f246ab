package org.mailtrace.index.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.mailtrace.index.ClaimLostException;

/**
 * Which process reads a part. A claim lasts for a time by the database's clock and is renewed while the process lives. Each
 * change of hands is counted, and so is each batch: whoever lost a claim, or meets a store that is not as it was left,
 * stores nothing more until it has read again where things stand.
 */
final class Claims {
    private static final String TAKE =
            "INSERT INTO claim VALUES(?, ?, 1, 0, clock_timestamp() + make_interval(secs => ?))"
                    + " ON CONFLICT(part) DO UPDATE SET holder = excluded.holder, until = excluded.until, term = claim.term"
                    + " + CASE WHEN claim.holder = excluded.holder THEN 0 ELSE 1 END"
                    + " WHERE claim.holder = excluded.holder OR claim.until < clock_timestamp() RETURNING term, steps";
    private static final String STEP =
            "UPDATE claim SET steps = steps + 1, until = clock_timestamp() + make_interval(secs => ?)"
                    + " WHERE part = ? AND holder = ? AND term = ? AND steps BETWEEN ? AND ? RETURNING term, steps";

    private final UUID holder = UUID.randomUUID();
    private final double seconds;
    private final Map<String, Standing> known = new TreeMap<>();

    Claims(Duration lasting) {
        this.seconds = lasting.toMillis() / 1000.0;
    }

    /** How a claim stands by what this process knows. */
    private sealed interface Standing {}

    /** It has it, with so many changes of hands and batches before. */
    private record Held(long term, long steps) implements Standing {}

    /**
     * It had it. Nothing is stored until its reader was told so, which then forgets what it remembers, and asks anew: in
     * between, a batch of the reader that was may still be on its way.
     */
    private record Lost(boolean told) implements Standing {}

    /** Steps of one batch, which count once it is stored. */
    final class Steps {
        private final Map<String, Held> taken = new TreeMap<>();

        /** Says that they are stored. */
        void stored() {
            synchronized (Claims.this) {
                known.putAll(taken);
            }
        }
    }

    /**
     * Takes or renews the right to a part, in a transaction of its own.
     *
     * @return whether this process has it, and has had it all the time since it was last told that it had it
     */
    boolean take(String part, Connection connection) throws SQLException {
        Optional<Held> now = insert(part, connection);
        synchronized (this) {
            boolean ours = now.isPresent()
                    && switch (known.get(part)) {
                        case Held before -> before.equals(now.get());
                        case Lost(boolean told) -> told;
                        case null -> true;
                    };
            known.put(part, ours ? now.get() : new Lost(true));
            return ours;
        }
    }

    /**
     * Steps of a batch.
     *
     * @param tries how often the batch was tried before, because it is not known whether it was stored
     * @throws ClaimLostException if another process has one of the parts, or took something away
     */
    Steps step(Collection<String> parts, int tries, Connection connection) throws SQLException {
        Steps steps = new Steps();
        for (String part : parts) {
            Held before = switch (known(part).orElse(null)) {
                case Held held -> held;
                case Lost lost -> throw lost(part);
                case null -> {
                    if (insert(part, connection).isEmpty()) {
                        throw lost(part);
                    }
                    yield new Held(-1, -1);
                }
            };
            Held now = step(part, before, tries, connection).orElseThrow(() -> lost(part));
            steps.taken.put(part, now);
        }
        return steps;
    }

    /** Lengthens what this process holds; what it lost meanwhile stays lost. */
    void renew(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE claim SET until = clock_timestamp() + make_interval(secs => ?) WHERE holder = ?")) {
            statement.setDouble(1, seconds);
            statement.setObject(2, holder);
            statement.executeUpdate();
        }
    }

    /** Gives everything back, so that nobody has to wait for its end. */
    void giveBack(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE claim SET until = '-infinity'" + " WHERE holder = ?")) {
            statement.setObject(1, holder);
            statement.executeUpdate();
        }
    }

    synchronized boolean isAnyHeld() {
        return known.values().stream().anyMatch(Held.class::isInstance);
    }

    private synchronized Optional<Standing> known(String part) {
        return Optional.ofNullable(known.get(part));
    }

    private synchronized ClaimLostException lost(String part) {
        if (known.get(part) instanceof Held) {
            known.put(part, new Lost(false));
        }
        return new ClaimLostException("Another process reads " + part + " now.");
    }

    private Optional<Held> insert(String part, Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setString(1, MessageWriter.storable(part));
            statement.setObject(2, holder);
            statement.setDouble(3, seconds);
            return read(statement);
        }
    }

    private Optional<Held> step(String part, Held before, int tries, Connection connection) throws SQLException {
        boolean any = before.term() < 0;
        try (PreparedStatement statement =
                connection.prepareStatement(any ? STEP.replace("term = ?", "term > ?") : STEP)) {
            statement.setDouble(1, seconds);
            statement.setString(2, MessageWriter.storable(part));
            statement.setObject(3, holder);
            statement.setLong(4, before.term());
            statement.setLong(5, any ? 0 : before.steps());
            statement.setLong(6, any ? Long.MAX_VALUE : before.steps() + tries);
            return read(statement);
        }
    }

    private static Optional<Held> read(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(new Held(rows.getLong(1), rows.getLong(2))) : Optional.empty();
        }
    }
}
