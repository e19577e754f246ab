package org.mailtrace.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * In a PostgreSQL database of the service's own: its size with all indexes, what lies dead in it and the catalogue, its tables
 * (three for each day), and how many connections the service holds.
 *
 * @param store what the settings of the service's store begin with
 * @param user its account, which needs no password
 */
record DatabaseKeeping(String store, String url, String user) implements Keeping {
    private static final String TABLES = "pg_stat_user_tables";

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(store + ".kind", "postgresql");
        settings.put(store + ".postgresql.url", url);
        settings.put(store + ".postgresql.username", user);
        return settings;
    }

    @Override
    public List<Growth.Amount> amounts() {
        return List.of(
                new Growth.Amount(
                        "database MB", number("SELECT pg_database_size(current_database()) / 1048576.0"), 0.1),
                new Growth.Amount("tables", number("SELECT count(*) FROM " + TABLES), 0.05),
                // Two or three come and go.
                new Growth.Amount(
                        "connections",
                        number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"),
                        0.25),
                Growth.Amount.told("dead rows", number("SELECT coalesce(sum(n_dead_tup), 0) FROM " + TABLES)),
                Growth.Amount.told(
                        "catalogue MB",
                        number("SELECT sum(pg_total_relation_size(oid)) / 1048576.0 FROM pg_class"
                                + " WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r'")));
    }

    /** The tables that are largest, and what autovacuum did for them. */
    @Override
    public String end() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : ask("SELECT relname, pg_total_relation_size(relid) / 1048576, n_live_tup, n_dead_tup,"
                + " autovacuum_count, autoanalyze_count FROM " + TABLES
                + " ORDER BY autovacuum_count DESC, pg_total_relation_size(relid) DESC LIMIT 8")) {
            text.append(String.format(
                    Locale.ROOT,
                    "table      %s: %s MB, %s rows, %s dead, cleaned %s times by the server, looked at %s times%n",
                    row.toArray()));
        }
        return text.toString();
    }

    private double number(String sql) {
        return Double.parseDouble(ask(sql).getFirst().getFirst());
    }

    private List<List<String>> ask(String sql) {
        try (Connection connection = DriverManager.getConnection(url, user, "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<List<String>> all = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(rows.getString(i));
                }
                all.add(row);
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
