package org.mailtrace.exo.history;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which way a thorough report is done. */
@ConfigMapping(prefix = "mailtrace.exo.report")
public interface ThoroughSettings {
    /** The ways there are. */
    enum Way {
        /** Rows and events, read request by request. */
        GRAPH,
        /** A report that Exchange Online prepares as a file. */
        HISTORICAL_SEARCH
    }

    /** {@code graph} or {@code historical-search}. */
    @WithDefault("graph")
    Way thorough();
}
