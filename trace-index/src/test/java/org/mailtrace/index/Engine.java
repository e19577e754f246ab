package org.mailtrace.index;

import java.nio.file.Path;
import java.time.Instant;
import org.mailtrace.index.postgresql.IndexOnADay;
import org.mailtrace.index.sqlite.SqliteIndex;
import org.mailtrace.index.sqlite.SqliteSettings;
import org.mailtrace.postgresql.GivenPostgresql;
import org.mailtrace.postgresql.PostgresqlSettings;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

/** A store that tests run on. */
public enum Engine {
    SQLITE {
        @Override
        public TraceIndex open(Path folder) {
            return SqliteIndex.open(new SqliteSettings(folder.resolve("index.db"), 2, "sample"));
        }
    },
    POSTGRESQL {
        @Override
        public TraceIndex open(Path folder) {
            return IndexOnADay.open(schema(folder), AFTER_ALL_ROWS);
        }
    };

    /** The rows of the tests have days of their own, whenever the tests run. */
    private static final Instant AFTER_ALL_ROWS = Instant.parse("2026-12-01T12:00:00Z");

    /** Opens the store that belongs to a folder, the same every time. */
    public abstract TraceIndex open(Path folder);

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
