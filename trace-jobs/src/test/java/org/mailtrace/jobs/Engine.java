package org.mailtrace.jobs;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.mailtrace.jobs.postgresql.Schemas;
import org.mailtrace.jobs.sqlite.SqliteStore;

/** The engines that keep the same promises. A store's address is understood by other processes as well. */
public enum Engine {
    SQLITE {
        @Override
        public String newAddress(Path folder) {
            return folder.resolve("jobs-" + NUMBERS.incrementAndGet() + ".db").toString();
        }
    },
    POSTGRESQL {
        @Override
        public String newAddress(Path folder) {
            return Schemas.anew();
        }
    };

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** The address of a store that is not there yet. */
    public abstract String newAddress(Path folder);

    /** Opens a store whose time a test tells. */
    public static JobStore open(String address, Clock clock) {
        return isUrl(address) ? Schemas.open(address, clock) : SqliteStore.open(Path.of(address), clock);
    }

    /** Opens a store as the services do. */
    public static JobStore open(String address) {
        return isUrl(address) ? Schemas.open(address) : SqliteStore.open(Path.of(address), Clock.systemUTC());
    }

    /** A look past the store. */
    public static Connection connect(String address) throws SQLException {
        return isUrl(address) ? Schemas.connect(address) : DriverManager.getConnection("jdbc:sqlite:" + address);
    }

    private static boolean isUrl(String address) {
        return address.startsWith("jdbc:");
    }
}
