package org.mailtrace.gateway.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where the gateway keeps reports and call-backs. */
@ConfigMapping(prefix = "mailtrace.store")
interface StoreSettings {
    /** A file on a local disk; made when absent. Processes of this service on one machine may share it. */
    @WithDefault("data/gateway.db")
    Path file();
}
