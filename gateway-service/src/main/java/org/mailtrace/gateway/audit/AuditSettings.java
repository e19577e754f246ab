package org.mailtrace.gateway.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the audit records are kept, and what a question must say of itself. */
@ConfigMapping(prefix = "mailtrace.audit")
public interface AuditSettings {
    /** A file on a local disk, one JSON record a line; made when absent. Processes on one machine may share it. */
    Path file();

    /**
     * Where the files of all gateways stand, when each has one of its own on a volume that they share: {@code GET /audit} then reads
     * every {@code *.jsonl} in it, also those of processes that are gone. Without it, only {@link #file()}.
     */
    Optional<Path> folder();

    /**
     * How long a record may take once it is its turn, and how long each file of another gateway is waited for. A file on a
     * share that hangs is not waited for any longer: then nothing is shown, and whoever asks later is told so at once, until the
     * share goes on. In a queue that goes on an answer waits until {@code mailtrace.deadline} after it was asked for, or for so long,
     * whichever ends later.
     */
    @WithDefault("2s")
    Duration patience();

    /** Up to so many bytes in all, the chains of all files are checked from their beginnings each time they are asked for. */
    @WithDefault("33554432")
    long checkedEachTime();

    /** Where there is more, what was checked is checked anew after so long; in between only what came since. */
    @WithDefault("1h")
    Duration checkedAnewAfter();

    /** How many bytes are looked through for one page; whoever wants more follows {@code page.next}. */
    @WithDefault("67108864")
    long lookedThrough();

    /** Whether every question must name its ticket. */
    @WithDefault("false")
    boolean ticketRequired();

    /** Whether every question must say why it is asked. */
    @WithDefault("false")
    boolean reasonRequired();
}
