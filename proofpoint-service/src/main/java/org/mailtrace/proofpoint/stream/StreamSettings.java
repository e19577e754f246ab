package org.mailtrace.proofpoint.stream;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;

/** Everything about the log stream; {@code application.properties} explains each key. */
@RegisterForReflection
@ConfigMapping(prefix = "mailtrace.proofpoint.stream")
public interface StreamSettings {
    /** Where the stream is, such as wss://logstream.proofpoint.com:443; the path is ours. */
    Optional<String> url();

    /** The cluster whose records are read, as the administration console shows it. */
    Optional<String> clusterId();

    /** Token of the live connections. */
    Optional<String> token();

    /** A second token for the archive, so that gaps are filled while the live connections stay open. */
    Optional<String> archiveToken();

    /** Largest record that is read; a larger one is set aside. */
    @WithDefault("16M")
    MemorySize maxFrame();

    /** What may wait for the store, in bytes; then the vendor is made to wait. */
    @WithDefault("16M")
    MemorySize waiting();

    /** Most records of one transaction. */
    @WithDefault("500")
    @Min(1)
    int batchSize();

    /** How long a record may wait for others before it is stored. */
    @WithDefault("1s")
    Duration batchEvery();

    /** How long the opening of a connection may take. */
    @WithDefault("20s")
    Duration connectTimeout();

    /** How often a quiet connection is pinged; the vendor advises 2 to 3 minutes and drops it after 5. */
    @WithDefault("2m")
    Duration pingEvery();

    /** How long a ping may stay without any answer before the connection is given up. */
    @WithDefault("2m")
    Duration silence();

    /** How long one record may take from its first byte to its last before the connection is given up. */
    @WithDefault("2m")
    Duration frameWithin();

    /** First wait after a failure; each further one is twice as long. */
    @WithDefault("2s")
    Duration firstWait();

    @WithDefault("60s")
    Duration longestWait();

    /** Wait after a refusal that only an administrator can end. */
    @WithDefault("15m")
    Duration refusedWait();

    /** How often a process that waits for its turn looks whether the other one has ended. */
    @WithDefault("5s")
    Duration leasePoll();

    /** How long after its end an hour's archive is taken as complete; not less than {@link #overlap}. */
    @WithDefault("15m")
    Duration hourReady();

    /** How much of the past is read at the very first start. */
    @WithDefault("30d")
    Duration backfill();

    /** How long the vendor keeps its archive. */
    @WithDefault("30d")
    Duration archiveReach();

    /** How long the archive may send nothing of an hour before that is given up and tried again. */
    @WithDefault("5m")
    Duration archiveSilence();

    /** How long the reading of one hour may take before it is given up and tried again. */
    @WithDefault("55m")
    Duration archiveLongest();

    /** How long the vendor holds what a live connection missed: shorter than its hour, to be on the safe side. */
    @WithDefault("55m")
    Duration resumes();

    /**
     * Without an archive token: how long after its interruption a live connection must bring nothing that is old before
     * the vendor is taken to have sent all that we missed; below {@link #livePhase}.
     */
    @WithDefault("3m")
    Duration catchUp();

    /** How late a record may arrive of what its agent logged before the connection was lost. */
    @WithDefault("10m")
    Duration overlap();

    /** Without an archive token: how long a live phase lasts at least before it is interrupted for the archive. */
    @WithDefault("5m")
    Duration livePhase();

    /** Without an archive token: how long such an interruption lasts at most; below {@link #resumes}. */
    @WithDefault("20m")
    Duration archivePhase();

    /** How long records are kept; forever if zero. */
    @WithDefault("31d")
    Duration retention();
}
