package org.mailtrace.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a store and its process hold at a moment.
 *
 * @param rows how many rows each table has; the partitions of one table are counted together
 * @param bytes what the store takes on the disk
 * @param openFiles how many files and sockets the process has open; unknown where {@code /proc} does not tell
 */
record Held(Map<String, Long> rows, long bytes, OptionalLong openFiles) {
    static Held by(Engine engine, Path folder) {
        try (Connection connection = engine.connect(folder)) {
            return engine == Engine.SQLITE ? ofFile(connection) : ofDatabase(connection);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Held ofFile(Connection connection) throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        for (String table : names(
                connection,
                "SELECT name FROM sqlite_schema WHERE type = 'table'" + " AND sql NOT LIKE 'CREATE VIRTUAL%'")) {
            rows.put(table, number(connection, "SELECT count(*) FROM " + table));
        }
        long pages = number(connection, "PRAGMA page_count");
        return new Held(rows, pages * number(connection, "PRAGMA page_size"), countOpenFiles());
    }

    /** After the cleaning that the server does by itself from time to time. */
    private static Held ofDatabase(Connection connection) throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        long bytes = 0;
        for (String table : names(
                connection,
                "SELECT relname FROM pg_class"
                        + " WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("VACUUM " + table);
            }
            bytes += number(connection, "SELECT pg_total_relation_size('" + table + "')");
            boolean partition = table.matches(".*_d[0-9]{8}");
            rows.merge(
                    partition ? "partitions" : table,
                    partition ? 1 : number(connection, "SELECT count(*) FROM " + table),
                    Long::sum);
        }
        return new Held(rows, bytes, countOpenFiles());
    }

    private static List<String> names(Connection connection, String sql) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static OptionalLong countOpenFiles() {
        Path open = Path.of("/proc/self/fd");
        if (!Files.isDirectory(open)) {
            return OptionalLong.empty();
        }
        try (Stream<Path> files = Files.list(open)) {
            return OptionalLong.of(files.count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
