package org.mailtrace.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.mailtrace.postgresql.PostgresqlException.Reason;

/**
 * Brings the tables to the version that this program knows. Replicas that start together do so one after the other: the
 * first makes them, the others find them made. All of it is one transaction, so that a kill leaves nothing half done.
 */
final class Tables {
    private static final String VERSIONS =
            "CREATE TABLE IF NOT EXISTS mailtrace_version(component text PRIMARY KEY," + " version integer NOT NULL)";

    private final String name;
    private final String schema;
    private final Migrations migrations;

    Tables(String name, String schema, Migrations migrations) {
        this.name = name;
        this.schema = schema;
        this.migrations = migrations;
    }

    Integer prepare(Connection connection) throws SQLException {
        int usual = connection.getNetworkTimeout();
        // Large indexes take their time, and so does another replica that makes them.
        connection.setNetworkTimeout(Runnable::run, 0);
        try {
            return make(connection);
        } finally {
            connection.setNetworkTimeout(Runnable::run, usual);
        }
    }

    private Integer make(Connection connection) throws SQLException {
        // Nothing is written where nothing has to be: a standby, which can make no tables, has those of its primary.
        if (hasVersions(connection) && version(connection) == migrations.version()) {
            return migrations.version();
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = 0");
            wait(connection);
            if (!exists(connection)) {
                statement.execute("CREATE SCHEMA " + statement.enquoteIdentifier(schema, true));
            }
            statement.execute(VERSIONS);
            int version = version(connection);
            refuseNewer(version);
            for (String script : migrations.scripts().subList(version, migrations.version())) {
                statement.execute(script);
            }
            if (version < migrations.version()) {
                keep(connection);
            }
            return migrations.version();
        }
    }

    private boolean hasVersions(Connection connection) throws SQLException {
        try (PreparedStatement known =
                connection.prepareStatement("SELECT to_regclass(quote_ident(?) || '.mailtrace_version') IS NOT NULL")) {
            known.setString(1, schema);
            try (ResultSet rows = known.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    private void wait(Connection connection) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            lock.setString(1, "mailtrace tables " + schema);
            lock.execute();
        }
    }

    /** Asked first, because who may not make a schema may not even make one that exists. */
    private boolean exists(Connection connection) throws SQLException {
        try (PreparedStatement known = connection.prepareStatement("SELECT 1 FROM pg_namespace WHERE nspname = ?")) {
            known.setString(1, schema);
            try (ResultSet rows = known.executeQuery()) {
                return rows.next();
            }
        }
    }

    private int version(Connection connection) throws SQLException {
        try (PreparedStatement known =
                connection.prepareStatement("SELECT version FROM mailtrace_version WHERE component = ?")) {
            known.setString(1, migrations.component());
            try (ResultSet rows = known.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }

    private void refuseNewer(int version) {
        if (version > migrations.version()) {
            throw new PostgresqlException(
                    Reason.NOT_OURS,
                    "The tables of the " + name + " were made by a newer Mailtrace (version " + version
                            + ", this program knows " + migrations.version()
                            + "); use that version, or another schema.");
        }
    }

    private void keep(Connection connection) throws SQLException {
        try (PreparedStatement keep = connection.prepareStatement("INSERT INTO mailtrace_version VALUES(?, ?)"
                + " ON CONFLICT(component) DO UPDATE SET version = excluded.version")) {
            keep.setString(1, migrations.component());
            keep.setInt(2, migrations.version());
            keep.executeUpdate();
        }
    }
}
