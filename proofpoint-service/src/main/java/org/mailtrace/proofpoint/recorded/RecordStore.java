package org.mailtrace.proofpoint.recorded;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.index.sqlite.SqliteSettings;
import org.mailtrace.index.store.IndexStore;
import org.mailtrace.index.store.IndexStoreSettings;
import org.mailtrace.proofpoint.record.RecordBody;
import org.mailtrace.proofpoint.settings.ProofpointSettings;

/** Opens the index of the log stream's records; only where the stream is read, because nobody else asks for it. */
@ApplicationScoped
class RecordStore {
    @Produces
    @Singleton
    TraceIndex index(ProofpointSettings settings, IndexStoreSettings store, MeterRegistry registry, Clock clock) {
        try {
            return IndexStore.open(
                    store,
                    new SqliteSettings(settings.indexFile(), settings.indexReaders(), RecordBody.SAMPLE),
                    "mailtrace.proofpoint.index-file",
                    registry,
                    clock);
        } catch (IndexException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    void close(@Disposes TraceIndex index) {
        index.close();
    }
}
