package org.mailtrace.exo.history;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mailtrace.exo.history.csv.FileKind;

/** How reports are done by historical search. */
@RegisterForReflection
@ConfigMapping(prefix = "mailtrace.exo.history")
public interface HistorySettings {
    /** Which report Exchange Online is asked for. The extended one tells every event, the summary has more messages. */
    @WithDefault("extended")
    FileKind kind();

    /**
     * How old a message has to be to be archived for certain. Microsoft says 1 to 4 hours; the last 24 have commonly been
     * missing. What is newer is read the usual way.
     */
    @WithDefault("24h")
    Duration archivedAfter();

    /** How many searches this service may start in 24 hours; Microsoft allows a tenant 250, cancelled ones included. */
    @WithDefault("250")
    @Min(1)
    @Max(250)
    int searchesPerDay();

    /** How often Exchange Online is asked how far a search is; it takes up to several hours. */
    @WithDefault("5m")
    Duration poll();

    /** How often is looked whether a file was handed in; costs no request. */
    @WithDefault("15s")
    Duration filePoll();

    /** After this time a search that is not done is said to be late; shorter than mailtrace.exo.report.give-up-after. */
    @WithDefault("12h")
    Duration lateAfter();

    /** Whom Exchange Online tells by mail that a search is done; an address in an accepted domain. */
    Optional<String> notifyAddress();

    /** Whether the service tries once to download a file itself. Microsoft documents no unattended way. */
    @WithDefault("false")
    boolean download();

    /** The only hosts from which a file is downloaded, and to which the access token is sent for it. */
    Optional<List<String>> downloadHosts();

    /** How long the download of a file may take; shorter than mailtrace.exo.report.lease. */
    @WithDefault("60s")
    Duration downloadTimeout();

    /** Where files that were handed in lie until their report is over; on a local disk, beside the store. */
    @WithDefault("data/history")
    Path directory();

    /** The largest file that is taken in; Microsoft's are at most 500 MB. */
    @WithDefault("524288000")
    @Min(1)
    long maxFileBytes();

    /** How many messages of a file are stored in one step. */
    @WithDefault("500")
    @Min(1)
    @Max(5000)
    int messagesPerStep();
}
