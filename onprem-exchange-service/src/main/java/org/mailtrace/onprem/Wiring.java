package org.mailtrace.onprem;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.index.sqlite.SqliteSettings;
import org.mailtrace.index.store.IndexStore;
import org.mailtrace.index.store.IndexStoreSettings;
import org.mailtrace.onprem.meaning.KnownHop;
import org.mailtrace.onprem.meaning.Site;
import org.mailtrace.onprem.record.RowBody;
import org.mailtrace.source.SourceSettings;

/** Makes the index and the site from settings; a wrong one ends the start with one sentence. */
@ApplicationScoped
class Wiring {
    @Produces
    @Singleton
    @Startup
    Site site(OnPremSettings settings, SiteSettings site, SourceSettings source) {
        SettingsCheck.check(settings);
        List<KnownHop> hops = site.nextHops().stream()
                .filter(hop -> !hop.source().equals(source.name()))
                .map(hop -> new KnownHop(hop.host(), hop.source()))
                .toList();
        try {
            return Site.of(
                    settings.servers().keySet(),
                    site.domains().orElse(List.of()),
                    site.devices().orElse(List.of()),
                    hops);
        } catch (IllegalArgumentException e) {
            throw SettingsCheck.refusal(e.getMessage());
        }
    }

    @Produces
    @Singleton
    @Startup
    TraceIndex index(OnPremSettings settings, IndexStoreSettings store, MeterRegistry registry, Clock clock) {
        try {
            return IndexStore.open(
                    store,
                    new SqliteSettings(settings.indexFile(), settings.readers(), RowBody.SAMPLE),
                    "mailtrace.onprem.index-file",
                    registry,
                    clock);
        } catch (IndexException e) {
            throw SettingsCheck.refusal(e.getMessage());
        }
    }

    void close(@Disposes TraceIndex index) {
        index.close();
    }
}
