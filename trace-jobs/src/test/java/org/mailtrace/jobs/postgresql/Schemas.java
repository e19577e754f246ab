package org.mailtrace.jobs.postgresql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.mailtrace.jobs.JobStore;
import org.mailtrace.postgresql.GivenPostgresql;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

/** Stores in schemas of one database of the tests' server, each known by the database's URL and its own name. */
public final class Schemas {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private Schemas() {}

    /** One that is not there yet. */
    public static String anew() {
        return Shared.DATABASE + "#jobs_" + NUMBERS.incrementAndGet();
    }

    /** One on a server of one's own. */
    public static String anew(PostgresqlServer server) {
        return server.newDatabase() + "#jobs";
    }

    /** One on a server of one's own, wherever that is once its standby has taken over. */
    public static String anew(PostgresqlServer server, PostgresqlServer standby) {
        String port = ":" + server.port() + "/";
        String both = ":" + server.port() + ",127.0.0.1:" + standby.port() + "/";
        return server.newDatabase().replace(port, both) + "?targetServerType=primary#jobs";
    }

    public static JobStore open(String address, Clock clock) {
        return PostgresqlStore.open(settings(address), clock);
    }

    public static JobStore open(String address) {
        return PostgresqlStore.open(settings(address));
    }

    public static Connection connect(String address) throws SQLException {
        GivenPostgresql settings = settings(address);
        return DriverManager.getConnection(
                settings.url().orElseThrow() + "?currentSchema=" + settings.schema(), PostgresqlServer.USER, "");
    }

    static GivenPostgresql settings(String address) {
        int end = address.indexOf('#');
        return GivenPostgresql.at(address.substring(0, end), PostgresqlServer.USER, address.substring(end + 1));
    }

    /** Started by who first asks, and not by a process that is told an address. */
    private static final class Shared {
        static final String DATABASE = PostgresqlServer.shared().newDatabase();
    }
}
