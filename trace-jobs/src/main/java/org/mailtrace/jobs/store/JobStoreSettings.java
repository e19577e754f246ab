package org.mailtrace.jobs.store;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import org.mailtrace.postgresql.PostgresqlSettings;
import org.mailtrace.postgresql.StoreKind;

/** Where jobs are kept; a service maps it to a prefix and names its file. */
public interface JobStoreSettings {
    /** A file for one machine, or a database that replicas on several machines share. */
    @WithDefault("sqlite")
    StoreKind kind();

    /** A file on a local disk; made when absent. Processes of this service on one machine may share it. */
    Path file();

    /** The database, where it is one. */
    PostgresqlSettings postgresql();
}
