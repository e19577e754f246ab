package org.mailtrace.index.postgresql;

import io.micrometer.core.instrument.binder.MeterBinder;
import org.mailtrace.postgresql.Database;
import org.mailtrace.postgresql.GivenPostgresql;
import org.mailtrace.postgresql.PostgresqlSettings;

/**
 * The connections of one process, in two parts: however much is searched, a batch and a claim do not wait behind it, so
 * that no reader loses its claim for that.
 *
 * @param searching for whatever only looks
 * @param writing for batches, of which there is one at a time, and for renewing claims meanwhile
 */
record Databases(Database searching, Database writing) implements AutoCloseable {
    private static final int WRITERS = 2;

    /** Opens both; together they have as many connections as is set, but at least one each. */
    static Databases open(PostgresqlSettings settings) {
        int writers = Math.max(1, Math.min(WRITERS, settings.poolSize() - 1));
        Database searching = open(settings, Math.max(1, settings.poolSize() - writers));
        boolean both = false;
        try {
            Databases opened = new Databases(searching, open(settings, writers));
            both = true;
            return opened;
        } finally {
            if (!both) {
                searching.close();
            }
        }
    }

    private static Database open(PostgresqlSettings settings, int connections) {
        return Database.open(
                "index",
                new GivenPostgresql(
                        settings.url(),
                        settings.username(),
                        settings.password(),
                        settings.passwordFile(),
                        settings.schema(),
                        connections,
                        settings.statementTimeout(),
                        settings.patience()),
                Schema.MIGRATIONS);
    }

    MeterBinder meters() {
        return registry -> {
            searching.meters("index-search").bindTo(registry);
            writing.meters("index-write").bindTo(registry);
        };
    }

    @Override
    public void close() {
        writing.close();
        searching.close();
    }
}
