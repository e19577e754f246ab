package org.mailtrace.index.store;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.index.postgresql.PostgresqlIndex;
import org.mailtrace.index.sqlite.SqliteIndex;
import org.mailtrace.index.sqlite.SqliteSettings;

/** Opens the index in the store that was chosen. */
public final class IndexStore {
    private IndexStore() {}

    /**
     * Opens it and measures it.
     *
     * @param file the file that is used where no database is chosen
     * @param fileSetting the name of the setting that names this file
     * @param registry where its size, its claims and the use of its connections are shown
     * @throws IndexException with a sentence that says which setting to look at
     */
    public static TraceIndex open(
            IndexStoreSettings settings, SqliteSettings file, String fileSetting, MeterRegistry registry, Clock clock) {
        return new MeasuredIndex(open(settings, file, fileSetting, registry), settings.searchesOnly(), registry, clock);
    }

    private static TraceIndex open(
            IndexStoreSettings settings, SqliteSettings file, String fileSetting, MeterRegistry registry) {
        return switch (settings.kind()) {
            case SQLITE -> {
                if (settings.searchesOnly()) {
                    throw new IndexException(
                            "mailtrace.store.searches-only needs mailtrace.store.kind=postgresql: nobody else reads into a"
                                    + " file of this process.");
                }
                try {
                    yield SqliteIndex.open(file);
                } catch (IndexException e) {
                    throw new IndexException(e.getMessage() + " Check " + fileSetting + ".", e);
                }
            }
            case POSTGRESQL -> {
                try {
                    PostgresqlIndex index = settings.searchesOnly()
                            ? PostgresqlIndex.openToSearch(settings.postgresql(), file.sample())
                            : PostgresqlIndex.open(settings.postgresql(), file.sample());
                    index.meters().bindTo(registry);
                    yield index;
                } catch (IndexException e) {
                    throw new IndexException(e.getMessage() + " Check mailtrace.store.postgresql.", e);
                }
            }
        };
    }
}
