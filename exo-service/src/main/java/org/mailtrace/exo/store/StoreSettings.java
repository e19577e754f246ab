package org.mailtrace.exo.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import org.mailtrace.jobs.store.JobStoreSettings;

/** Where the service keeps its jobs and what it spent from the quota. */
@ConfigMapping(prefix = StoreSettings.PREFIX)
public interface StoreSettings extends JobStoreSettings {
    String PREFIX = "mailtrace.exo.store";

    @Override
    @WithDefault("data/exo.db")
    Path file();
}
