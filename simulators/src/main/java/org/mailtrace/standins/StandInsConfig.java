package org.mailtrace.standins;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the stand-ins. User names, client ids and their secrets are those of the demonstration: constants that
 * open nothing but the stand-ins themselves.
 */
@StaticInitSafe
@ConfigMapping(prefix = "mailtrace.standins")
public interface StandInsConfig {
    /** A directory of story files; absent means the built-in demo organisation. */
    Optional<Path> stories();

    /** The directory that the stand-ins own, made anew at each start. */
    @WithDefault(".mailtrace/standins")
    Path state();

    /** Where the services reach the stand-ins. */
    @WithDefault("http://localhost:8090")
    URI publicUrl();

    /** Whether {@code POST /faults/...} is heard. */
    @WithDefault("true")
    boolean faults();

    /** The token issuer that the services' configuration names. */
    @WithDefault("http://localhost:8180/realms/mailtrace")
    URI authServerUrl();

    Proofpoint proofpoint();

    ExchangeOnline exchangeOnline();

    OnpremExchange onpremExchange();

    Ports ports();

    /** The Smart Search and quarantine stand-in. */
    interface Proofpoint {
        @WithDefault("demo-smart-search")
        String username();

        @WithDefault("demo-only-proofpoint")
        String password();

        /** The agents' zone, in which Smart Search writes its dates. */
        @WithDefault("America/Denver")
        ZoneId zone();

        /** The most rows of one answer, whatever {@code count} asks for. */
        @WithDefault("1000")
        int maxCount();

        /** How long Smart Search remembers. */
        @WithDefault("30d")
        Duration retention();

        /** What the service reads: {@code smart-search}, {@code log-stream} or {@code both}. */
        @WithDefault("both")
        String ask();

        /** The cluster id of the log stream. */
        @WithDefault("demo_hosted")
        String streamClusterId();

        /** The log stream's tokens: each lets one session per type in at a time. The demo takes the first two. */
        @WithDefault("demo-only-stream-a,demo-only-stream-b,demo-only-stream-c,demo-only-stream-d,"
                + "demo-only-stream-e,demo-only-stream-f")
        List<String> streamTokens();

        /** How long the log stream takes a session for alive whose client is gone without a word. */
        @WithDefault("3s")
        Duration streamLinger();

        /** How long quarantine folders keep a message. */
        @WithDefault("14d")
        Duration quarantineRetention();
    }

    /** The Entra and Graph stand-in. */
    interface ExchangeOnline {
        @WithDefault("0f4e8a52-6d1b-4c57-9e0a-5b7c2d9e1f30")
        String tenant();

        @WithDefault("7c1d5e9a-2b3f-4a68-8d70-1e6f9b0c4a25")
        String clientId();

        @WithDefault("demo-only-exchange-online")
        String clientSecret();

        /** A certificate (PEM) with which the application may sign in; absent: one that is made anew at each start. */
        Optional<Path> certificate();

        /** What a token for Graph is asked for with. */
        @WithDefault("https://graph.microsoft.com/.default")
        String scope();

        /** What a token for Exchange's admin API is asked for with. */
        @WithDefault("https://outlook.office365.com/.default")
        String cmdletScope();

        @WithDefault("1h")
        Duration tokenLifetime();

        /** Requests within {@link #quotaWindow()} before 429; 0 switches the limit off. */
        @WithDefault("100")
        int quota();

        @WithDefault("5m")
        Duration quotaWindow();

        /** Whether a spent quota comes with Retry-After; both have been reported. */
        @WithDefault("true")
        boolean retryAfter();

        /** What decides where events change places, rows repeat and pages are empty: the same number, the same places. */
        @WithDefault("7")
        long seed();

        /** Rows of one page of the admin API, whatever the cmdlet's ResultSize. */
        @WithDefault("1000")
        int cmdletPageSize();

        /** How long a historical search is NotStarted, and then InProgress, before it is Done. */
        @WithDefault("1m")
        Duration historicalPace();

        /** The age that a message has before a historical search finds it. */
        @WithDefault("4h")
        Duration historicalLag();

        /** Searches within 24 hours, cancelled ones included. */
        @WithDefault("250")
        int historicalPerDay();

        /** Downloads of one report before it is refused. */
        @WithDefault("20")
        int reportDownloads();

        /** Whether a report can be fetched with an application's token; nobody has shown that it can. */
        @WithDefault("false")
        boolean reportByToken();
    }

    /** The tracking-log writer, and the remote PowerShell of the servers that write them. */
    interface OnpremExchange {
        /** Days of otherwise empty logs before the start. */
        @WithDefault("30")
        int historyDays();

        /** Distance of the probe messages that fill those days. */
        @WithDefault("6h")
        Duration quietInterval();

        /** How often a probe message is written while running, so that the logs' lag can be seen. */
        @WithDefault("3s")
        Duration heartbeat();

        /** The account that the servers' remote PowerShell lets in. */
        @WithDefault("svc-trace@rivercounty.example")
        String user();

        @WithDefault("demo-only-exchange-servers")
        String password();

        /** How many remote shells the account may have open on one server. */
        @WithDefault("18")
        int shells();

        /** The servers' zone if they tell times without one. */
        Optional<String> zone();
    }

    /** Where the four services listen, for their configuration files. */
    interface Ports {
        @WithDefault("8080")
        int gateway();

        @WithDefault("8081")
        int proofpoint();

        @WithDefault("8082")
        int onpremExchange();

        @WithDefault("8083")
        int exo();

        /** What is added to a port for the management port. */
        @WithDefault("1000")
        int managementOffset();
    }
}
