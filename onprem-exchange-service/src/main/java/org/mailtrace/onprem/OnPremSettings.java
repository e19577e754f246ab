package org.mailtrace.onprem;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.http.guard.GuardSettings;
import org.mailtrace.onprem.follow.SmbSettings;

/** Settings of this source; the comments in {@code application.properties} say what each number is for. */
@RegisterForReflection
@ConfigMapping(prefix = "mailtrace.onprem")
public interface OnPremSettings {
    /** The Exchange servers by the name that answers show. */
    Map<String, Server> servers();

    /** Which way questions go. */
    @WithDefault("files")
    Ask ask();

    /** Numbers of the live way in. */
    LiveSettings live();

    /** The index; on a local disk. */
    @WithDefault("data/onprem-exchange.db")
    Path indexFile();

    /** How often each directory is looked through. */
    @WithDefault("2s")
    Duration poll();

    /** How long Exchange may keep a row before it stands in the file: absence is proven only up to that long ago. */
    @WithDefault("30s")
    Duration settling();

    /** After how long without any new row or file a server counts as silent: its absence proves nothing any more. */
    @WithDefault("2h")
    Duration quietAfter();

    /** After how long without progress a directory counts as hanging. */
    @WithDefault("1m")
    Duration stallAfter();

    /** After how long an untouched file that has a successor is taken as finished, its last line included. */
    @WithDefault("10m")
    Duration closedAfter();

    /** How long evidence is kept; zero keeps it for ever. Older files are not read, older messages are purged. */
    @WithDefault("400d")
    Duration retention();

    /** How long one search may take in the index. */
    @WithDefault("5s")
    Duration deadline();

    /** How many searches run at once. */
    @WithDefault("4")
    @Min(1)
    @Max(64)
    int readers();

    /** A record of more bytes is set aside. */
    @WithDefault("1048576")
    @Min(4096)
    int maxRecord();

    /** The guard in front of the index. */
    GuardSettings index();

    /** The guard in front of each server's directory. */
    GuardSettings directories();

    /** One Exchange server. */
    interface Server {
        /** Where its tracking logs are; this or {@link #smb()}, and neither where only the servers are asked. */
        Optional<Path> directory();

        /** The share where they are, read without being mounted; off without it. */
        Optional<SmbSettings> smb();

        /** How it is asked itself. */
        Optional<LiveSettings.Access> live();

        /** Columns of files without a header: 2007, 2010, 2013, 2016 or the names; such files are left out without it. */
        Optional<String> fieldsWhenMissing();
    }
}
