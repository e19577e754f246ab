package org.mailtrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/**
 * What a PostgreSQL server on this machine has used since it was looked at: processor and log. The account must be allowed to
 * read the server's files.
 */
final class ServerUse {
    /** Of the kernel, on every machine that Java runs on. */
    private static final double TICKS = 100;

    /** After the process's name, which may hold anything. */
    private static final int USER_TIME = 11;

    private final String url;
    private final String user;
    private final long walBefore;
    private final double cpuBefore;

    private ServerUse(String url, String user) {
        this.url = url;
        this.user = user;
        this.walBefore = wal();
        this.cpuBefore = cpu();
    }

    static ServerUse from(String url, String user) {
        return new ServerUse(url, user);
    }

    /** For each of so many rows, with what the server did meanwhile for other reasons, such as cleaning up. */
    String perRow(long rows) {
        return String.format(
                Locale.ROOT,
                "server     %.1f us CPU and %,.0f bytes of its log a row%n",
                (cpu() - cpuBefore) * 1e6 / rows,
                (wal() - walBefore) / (double) rows);
    }

    /** What it wrote into its log alone, where others use its processor meanwhile. */
    String logPerRow(long rows) {
        return String.format(
                Locale.ROOT,
                "server     %,.0f bytes of its log a row that arrived meanwhile%n",
                (wal() - walBefore) / (double) rows);
    }

    /** Seconds of all its processes, those that have ended included. */
    private double cpu() {
        long postmaster = ask("SELECT split_part(pg_read_file('postmaster.pid'), chr(10), 1)::bigint");
        double own = seconds(postmaster, 4);
        return ProcessHandle.of(postmaster).stream()
                .flatMap(ProcessHandle::children)
                .mapToDouble(child -> seconds(child.pid(), 2))
                .reduce(own, Double::sum);
    }

    private static double seconds(long process, int fields) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
            List<String> after =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
            return after.subList(USER_TIME, USER_TIME + fields).stream()
                            .mapToLong(Long::parseLong)
                            .sum()
                    / TICKS;
        } catch (IOException gone) {
            return 0;
        }
    }

    private long wal() {
        return ask("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint");
    }

    private long ask(String sql) {
        try (Connection connection = DriverManager.getConnection(url, user, "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
