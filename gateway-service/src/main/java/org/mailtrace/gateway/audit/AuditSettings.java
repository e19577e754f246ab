package org.mailtrace.gateway.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where the audit records are kept, and what a question must say of itself. */
@ConfigMapping(prefix = "mailtrace.audit")
public interface AuditSettings {
    /** A file on a local disk, one JSON record a line; made when absent. Processes on one machine may share it. */
    Path file();

    /** Whether every question must name its ticket. */
    @WithDefault("false")
    boolean ticketRequired();

    /** Whether every question must say why it is asked. */
    @WithDefault("false")
    boolean reasonRequired();
}
