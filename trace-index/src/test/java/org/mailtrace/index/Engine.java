package org.mailtrace.index;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.mailtrace.index.postgresql.IndexOnADay;
import org.mailtrace.index.postgresql.Tables;
import org.mailtrace.index.sqlite.IndexOfADay;
import org.mailtrace.index.sqlite.SqliteSettings;
import org.mailtrace.postgresql.GivenPostgresql;
import org.mailtrace.postgresql.PostgresqlSettings;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

/** A store that tests run on. */
public enum Engine {
    SQLITE {
        @Override
        public TraceIndex open(Path folder, Clock clock) {
            return IndexOfADay.open(new SqliteSettings(file(folder), 2, "sample"), clock);
        }

        @Override
        Connection connect(Path folder) throws SQLException {
            return DriverManager.getConnection("jdbc:sqlite:" + file(folder));
        }

        private static Path file(Path folder) {
            return folder.resolve("index.db");
        }
    },
    POSTGRESQL {
        @Override
        public TraceIndex open(Path folder, Clock clock) {
            return IndexOnADay.open(schema(folder), clock);
        }

        @Override
        Connection connect(Path folder) throws SQLException {
            PostgresqlSettings given = schema(folder);
            return new Tables(given.url().orElseThrow(), given.schema()).connection();
        }
    };

    /** The rows of the tests have days of their own, whenever the tests run. */
    private static final Instant AFTER_ALL_ROWS = Instant.parse("2026-12-01T12:00:00Z");

    /** Opens the store that belongs to a folder, the same every time. */
    public TraceIndex open(Path folder) {
        return open(folder, Clock.fixed(AFTER_ALL_ROWS, ZoneOffset.UTC));
    }

    /** As above, with a time that the test tells. */
    public abstract TraceIndex open(Path folder, Clock clock);

    /** A look past the store. */
    abstract Connection connect(Path folder) throws SQLException;

    /** The schema that belongs to a folder, in the database that all tests of a run share. */
    public static PostgresqlSettings schema(Path folder) {
        return schema(
                Shared.DATABASE, "test_" + Integer.toHexString(folder.toString().hashCode()));
    }

    /** A schema of a database. */
    public static PostgresqlSettings schema(String url, String schema) {
        return GivenPostgresql.at(url, PostgresqlServer.USER, schema);
    }

    private static final class Shared {
        static final String DATABASE = PostgresqlServer.shared().newDatabase();
    }
}
