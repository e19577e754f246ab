package org.mailtrace.proofpoint.settings;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.http.guard.GuardSettings;

/** Everything about one Proofpoint cluster; {@code application.properties} explains each key. */
@RegisterForReflection
@ConfigMapping(prefix = "mailtrace.proofpoint")
public interface ProofpointSettings {
    /** Where questions go. */
    @WithDefault("smart-search")
    Ask ask();

    /** The file that keeps the log stream's records; used only where the stream is read. */
    @WithDefault("data/proofpoint-index.db")
    Path indexFile();

    /** Questions that read the index at once. */
    @WithDefault("4")
    @Min(1)
    int indexReaders();

    /** How late a record of the log stream may arrive without anything being wrong. */
    @WithDefault("5m")
    Duration streamSettlingTime();

    /** Address of the cluster's REST API; checked by {@link SettingsCheck}, which names the key in a sentence. */
    Optional<String> url();

    /** Service account of an API role with the managed modules pss and Quarantine. */
    Optional<String> username();

    Optional<String> password();

    /** A TLS configuration (quarkus.tls) that knows the authority of a cluster with a private certificate. */
    Optional<String> tlsConfiguration();

    /** Whether the password may travel without TLS to a host that is not this one. */
    @WithDefault("false")
    boolean plainHttp();

    /** Largest answer that is read; a longer one is refused. */
    @WithDefault("32M")
    MemorySize maxResponseSize();

    /** How long Smart Search keeps its records. */
    @WithDefault("30d")
    Duration retention();

    /** How long a message may take to show up in Smart Search. */
    @WithDefault("3m")
    Duration settlingTime();

    /** When to ask again if the vendor refuses for a while and does not say for how long. */
    @WithDefault("60s")
    Duration retryAfter();

    /** Sender domains of the cluster's own housekeeping mail. */
    @WithDefault("ppops.net,pphosted.com,knowledgefront.com")
    Set<String> noiseDomains();

    /** Final rules of mail that the cluster writes to itself. */
    @WithDefault("access.system,access.pod-maillive")
    Set<String> noiseRules();

    /** Policy routes of mail that came from outside. */
    @WithDefault("default_inbound,inbound")
    Set<String> inboundRoutes();

    /** Policy routes of mail that leaves the organisation. */
    @WithDefault("default_outbound,outbound")
    Set<String> outboundRoutes();

    /** Quarantine folders that are asked whether a message is still held. */
    @WithDefault("Quarantine")
    List<String> quarantineFolders();

    /** Where recipients release their own mail. */
    Optional<URI> releaseUrl();

    /** Where recipients allow senders whose bulk mail they want. */
    Optional<URI> allowUrl();

    /** Reasons for which a recipient may release a message. */
    @WithDefault("bulk,spam")
    Set<String> releasableReasons();

    /** Reason words for the site's own rule and folder names: part of the name to word. */
    Map<String, String> reasons();

    /** The site's own rules in words: name to what is read after "because". */
    Map<String, String> rules();

    Search search();

    HeldMail quarantine();

    /** How Smart Search is asked. */
    interface Search {
        /** Rows asked for at once; at most the cluster's com.proofpoint.pss.query.default-count. */
        @WithDefault("1000")
        @Min(10)
        @Max(10000)
        int count();

        /** Numbers of rows at which an answer is taken as cut even though more were asked for. */
        @WithDefault("100,500,1000,2000")
        Set<Integer> suspiciousCounts();

        /** Requests that one recipient of a question may cost. */
        @WithDefault("40")
        @Min(1)
        int maxRequests();

        /** Requests of one question that run at once. */
        @WithDefault("4")
        @Min(1)
        int atOnce();

        /** Time that the search of one question may take. */
        @WithDefault("9s")
        Duration budget();

        SearchGuard guard();
    }

    /** How the quarantine is asked. */
    interface HeldMail {
        /** Records asked for at once; the vendor cuts at 1000. */
        @WithDefault("1000")
        @Min(10)
        @Max(1000)
        int limit();

        /** Numbers of records at which an answer is taken as cut even though more were asked for. */
        @WithDefault("100,500")
        Set<Integer> suspiciousCounts();

        /** How far from a message's time its quarantine record may lie. */
        @WithDefault("1h")
        Duration margin();

        /** Requests that one folder may cost for one question. */
        @WithDefault("20")
        @Min(1)
        int maxRequests();

        @WithDefault("4")
        @Min(1)
        int atOnce();

        /** Time that the quarantine look-ups of one question may take, after its search. */
        @WithDefault("4s")
        Duration budget();

        FolderGuard guard();
    }

    /** Guard of Smart Search. */
    interface SearchGuard extends GuardSettings {
        @Override
        @WithDefault("8s")
        Duration budget();
    }

    /** Guard of each folder: held mail is looked up in what time the search left. */
    interface FolderGuard extends GuardSettings {
        @Override
        @WithDefault("3s")
        Duration timeout();

        @Override
        @WithDefault("4s")
        Duration budget();

        @Override
        @WithDefault("0")
        int retries();
    }
}
