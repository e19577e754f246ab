package org.mailtrace.gateway.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import org.mailtrace.postgresql.PostgresqlSettings;
import org.mailtrace.postgresql.StoreKind;

/** Where the gateway keeps reports and call-backs. */
@ConfigMapping(prefix = "mailtrace.store")
interface StoreSettings {
    /** A file for one machine, or a database that replicas on several machines share. */
    @WithDefault("sqlite")
    StoreKind kind();

    /** A file on a local disk; made when absent. Processes of this service on one machine may share it. */
    @WithDefault("data/gateway.db")
    Path file();

    /** The database, where it is one. */
    PostgresqlSettings postgresql();
}
