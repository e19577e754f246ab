package org.mailtrace.http.body;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * How much of a body that nobody wants is still read, and thrown away, after the answer was sent. A caller that writes while
 * its connection is closed sees a broken connection instead of the answer.
 */
@ConfigMapping(prefix = "mailtrace.unread-body")
interface UnreadBodySettings {
    /** So much at the most; then the connection is closed. */
    @WithDefault("8M")
    MemorySize size();

    /** For so long at the most; then the connection is closed. */
    @WithDefault("5s")
    Duration time();
}
