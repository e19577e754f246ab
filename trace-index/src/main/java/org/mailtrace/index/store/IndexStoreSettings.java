package org.mailtrace.index.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.mailtrace.postgresql.PostgresqlSettings;
import org.mailtrace.postgresql.StoreKind;

/** Where the index is kept; the same executable knows both. */
@ConfigMapping(prefix = "mailtrace.store")
public interface IndexStoreSettings {
    /** A file of this service alone, or a database that its replicas share. */
    @WithDefault("sqlite")
    StoreKind kind();

    /** Whether this process only answers from what others read and store; needs a database, of which a standby is enough. */
    @WithDefault("false")
    boolean searchesOnly();

    /** The database; used only where it is chosen. */
    PostgresqlSettings postgresql();
}
