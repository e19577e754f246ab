package org.mailtrace.exo.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.mailtrace.http.disk.FreeSpace;
import org.mailtrace.postgresql.StoreKind;

/** Shows what is left on the disk of the store. */
@ApplicationScoped
class StoreSpace {
    private final StoreSettings settings;
    private final MeterRegistry registry;

    StoreSpace(StoreSettings settings, MeterRegistry registry) {
        this.settings = settings;
        this.registry = registry;
    }

    void show(@Observes StartupEvent start) {
        FreeSpace.show(
                registry,
                "store",
                () -> settings.kind() == StoreKind.SQLITE ? FreeSpace.of(settings.file()) : Double.NaN);
    }
}
