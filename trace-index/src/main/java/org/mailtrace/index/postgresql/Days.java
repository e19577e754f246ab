package org.mailtrace.index.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The partitions: one for each day that may have messages, made before they come. A day is told by its number since 1970,
 * UTC. Who comes here has the right to write, so that nobody makes or drops a day at the same moment.
 */
final class Days {
    static final long LENGTH = 86_400_000L;

    /** A replica that cannot make tomorrow's partition, for whatever reason, has so many days to say so. */
    private static final int AHEAD = 3;

    /** A row from before then, or from after tomorrow, is most likely dated by a wrong clock: it gets no day of its own. */
    private static final int LONGEST_AGO = 1000;

    private static final DateTimeFormatter NAME = DateTimeFormatter.BASIC_ISO_DATE;

    /** Each try stops the searches that come meanwhile for half a second. */
    private static final long PAUSE = 60_000;

    private final Clock clock;
    private volatile OptionalLong heldUp = OptionalLong.empty();
    private final Set<Long> made = ConcurrentHashMap.newKeySet();

    Days(Clock clock) {
        this.clock = clock;
    }

    static long of(long millis) {
        return Math.floorDiv(millis, LENGTH);
    }

    /** Of these days and of those ahead, the ones that may have to be made; none for a while after it could not be done. */
    Set<Long> missing(Collection<Long> days) {
        long now = clock.millis();
        if (heldUp.isPresent() && now - heldUp.getAsLong() >= 0 && now - heldUp.getAsLong() < PAUSE) {
            return Set.of();
        }
        long today = of(now);
        Set<Long> missing = new TreeSet<>();
        for (long day = today; day <= today + AHEAD; day++) {
            missing.add(day);
        }
        days.stream()
                .filter(day -> day >= today - LONGEST_AGO && day <= today + AHEAD)
                .forEach(missing::add);
        missing.removeAll(made);
        return missing;
    }

    /** Makes days that are not there yet; none that was dropped is ever made again. */
    void make(Connection connection, Set<Long> days) throws SQLException {
        long floor = of(Floor.of(connection).orElse(Long.MIN_VALUE));
        Set<Long> there = new TreeSet<>(present(connection));
        for (long day : days) {
            if (day >= floor && !there.contains(day)) {
                make(connection, day);
            }
        }
    }

    /** Notes that these days were made, once that is stored. */
    void made(Set<Long> days) {
        made.addAll(days);
        long longAgo = of(clock.millis()) - LONGEST_AGO;
        made.removeIf(day -> day < longAgo);
    }

    /** Notes that somebody was in the way. */
    void heldUp() {
        heldUp = OptionalLong.of(clock.millis());
    }

    private static void make(Connection connection, long day) throws SQLException {
        long from = day * LENGTH;
        long to = from + LENGTH;
        try (Statement statement = connection.createStatement()) {
            for (String table : Schema.PARTITIONED) {
                String partition = name(table, day);
                String within = " WHERE first_seen >= " + from + " AND first_seen < " + to;
                create(statement, partition, table);
                // Attached afterwards, because making it in place would wait for every search and stop those behind it.
                statement.execute("INSERT INTO " + partition + " SELECT * FROM " + table + "_rest" + within);
                statement.execute("DELETE FROM " + table + "_rest" + within);
                attach(connection, table, day);
            }
        }
    }

    /** Makes a table that can become a partition. */
    static void create(Statement statement, String name, String table) throws SQLException {
        statement.execute(
                "CREATE TABLE " + name + "(LIKE " + table + " INCLUDING ALL, PRIMARY KEY(" + Schema.key(table) + "))");
    }

    /** Makes a table that is named as the day's partition its partition. */
    static void attach(Connection connection, String table, long day) throws SQLException {
        long from = day * LENGTH;
        try (Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE " + table + " ATTACH PARTITION " + name(table, day) + " FOR VALUES FROM ("
                    + from + ") TO (" + (from + LENGTH) + ")");
        }
    }

    /** The days that have a partition, oldest first. */
    static List<Long> present(Connection connection) throws SQLException {
        Set<Long> days = new TreeSet<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT c.relname FROM pg_inherits i"
                        + " JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = to_regclass('message')");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                day(rows.getString(1)).ifPresent(days::add);
            }
        }
        return new ArrayList<>(days);
    }

    static String name(String table, long day) {
        return table + "_d" + NAME.format(LocalDate.ofEpochDay(day));
    }

    private static Optional<Long> day(String partition) {
        try {
            return Optional.of(LocalDate.parse(partition.substring("message_d".length()), NAME)
                    .toEpochDay());
        } catch (DateTimeParseException | StringIndexOutOfBoundsException rest) {
            return Optional.empty();
        }
    }
}
