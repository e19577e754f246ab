package org.mailtrace.gateway.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import org.mailtrace.jobs.store.JobStoreSettings;

/** Where the gateway keeps reports and call-backs. */
@ConfigMapping(prefix = StoreSettings.PREFIX)
public interface StoreSettings extends JobStoreSettings {
    String PREFIX = "mailtrace.store";

    @Override
    @WithDefault("data/gateway.db")
    Path file();
}
