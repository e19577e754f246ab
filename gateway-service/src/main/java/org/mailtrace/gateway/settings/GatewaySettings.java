package org.mailtrace.gateway.settings;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.mailtrace.http.guard.GuardSettings;

/** What an operator sets. A source is one entry of {@link #namedSources()}; no code knows any of them by name. */
@RegisterForReflection
@ConfigMapping(prefix = "mailtrace")
public interface GatewaySettings {
    /** What is weighed is weighed in portions of so many bytes. */
    int LEAST_IN_MEMORY = 16384;

    /** The zone in which sentences show times; answers carry UTC. */
    @WithDefault("UTC")
    ZoneId zone();

    /** The organisation's own mail domains. */
    Optional<Set<String>> domains();

    /** How long one answer may take, whatever the sources do. */
    @WithDefault("19s")
    Duration deadline();

    /** How often a streamed answer gives a sign of life while nothing comes. */
    @WithDefault("5s")
    Duration heartbeat();

    /**
     * How long all sources are waited for before those that answered are asked further without waiting for the others. The first
     * questions of a list are waited for to their end all the same: a page needs to know what each source has.
     */
    @WithDefault("4s")
    Duration slowAfter();

    /**
     * How much of the deadline must be left to begin a further round; as much, and half a second, is left after the longest time that
     * a source may take.
     */
    @WithDefault("2s")
    Duration roundNeeds();

    /** How many messages of one answer are followed to their next hop. */
    @WithDefault("20")
    int followedMessages();

    /** Up to how many messages in one answer a held one is searched for in the mailboxes, by its id. */
    @WithDefault("3")
    int followedHolds();

    /** How many new addresses of one answer are asked for. */
    @WithDefault("50")
    int followedAddresses();

    /** Two sightings of one Message-ID further apart than this, without a common network message id, are two messages. */
    @WithDefault("5d")
    Duration sameMessageWithin();

    /** How wide the window of a question may be. */
    @WithDefault("400d")
    Duration widestWindow();

    /** About how large the body of an answer may become, in bytes; a page ends early rather. ServiceNow takes 5 MB. */
    @WithDefault("4500000")
    @Min(10000)
    int bodyLimit();

    /**
     * How often a source is asked for one page of an answer, at most: a page shows nothing that a source may still
     * precede, and where mail is dense that takes more than one page of the source, each of up to 1000 rows.
     */
    @WithDefault("10")
    @Min(1)
    int pageTurns();

    /** The largest answer that is read from a source, in bytes. */
    @WithDefault("16777216")
    @Min(1024)
    @Max(268435456)
    int answerLimit();

    /**
     * How much of all answers that are being worked on may be in memory, in bytes as they came; as objects they take about three
     * times that. At least as much as one of {@link #answerLimit()}.
     */
    @WithDefault("33554432")
    @Min(LEAST_IN_MEMORY)
    int answersInMemory();

    /**
     * How much of what a report asks further while it is concluded may be in memory: half as much, but at least one answer. It is
     * counted apart from what callers ask.
     */
    default int reportAnswersInMemory() {
        return Math.max(LEAST_IN_MEMORY, Math.max(answerLimit(), answersInMemory() / 2));
    }

    /** All sources by name, those too that are switched off. */
    @NotEmpty
    @WithName("sources")
    Map<String, Source> namedSources();

    /** The sources that are asked, by name: a site without one of them switches it off, because defaults cannot be taken away. */
    default Map<String, Source> sources() {
        Map<String, Source> asked = new TreeMap<>(namedSources());
        asked.values().removeIf(source -> !source.enabled());
        return Collections.unmodifiableMap(asked);
    }

    /** Which hosts belong to which source, before what {@link Source#hosts()} says; all others are outside. */
    Optional<List<NextHop>> nextHops();

    /** 32 bytes in Base64 that encrypt trace ids; without it ids live as long as the process. */
    Optional<String> idKey();

    /** Which sources must, may or cannot have a row, by where a message came from and goes to. First match counts. */
    Optional<List<Applicability>> applicability();

    /** One mail source. */
    interface Source {
        /** Whether it is asked. Hosts of a source that is not are still known as hosts of that system, which nobody traces. */
        @WithDefault("true")
        boolean enabled();

        /** Where its service answers. */
        URI url();

        /** The hosts that are this system's wherever it is used, as {@link NextHop#host()}; the site's own stand there. */
        Optional<List<String>> hosts();

        /** Its name in sentences. */
        String title();

        /** What nobody knows while it does not answer, such as "what reached a cloud mailbox". */
        @WithDefault("what happened there")
        String knows();

        /** How long after a hand-over a message may still be invisible there. */
        @WithDefault("10m")
        Duration grace();

        /** How long the source's own answers lie behind: absence is proven up to now minus this. */
        @WithDefault("10m")
        Duration settling();

        /** How long the source keeps trying before it gives up. */
        @WithDefault("2d")
        Duration queueLife();

        /** How long after a hand-over a row may still arrive there in rare cases. */
        Optional<Duration> lateRows();

        /** The notice code when an inbound message is seen elsewhere and this source, which looked, has no row. */
        Optional<String> bypassNotice();

        /** Whether the source has mailboxes, so that a message may end there. */
        @WithDefault("false")
        boolean mailboxes();

        /** Time-out, circuit breaker and bulkhead in front of the service. */
        SourceGuard guard();
    }

    /**
     * The gateway's guard in front of a source. No retries: those happen at the vendor's edge, inside the source, which
     * knows what may be repeated. The time-out exceeds the 15 s that a source may take for its vendor.
     */
    interface SourceGuard extends GuardSettings {
        @Override
        @WithDefault("16s")
        Duration timeout();

        @Override
        @WithDefault("17s")
        Duration budget();

        @Override
        @WithDefault("0")
        @Max(0)
        int retries();

        /**
         * As many as callers may ask at once, and their follow-up questions: a slow source takes threads that cost
         * nothing, and its circuit opens before they are many.
         */
        @Override
        @WithDefault("256")
        @Min(1)
        int concurrency();
    }

    /** One pattern of hosts. */
    interface NextHop {
        /** A host name with {@code *} for any characters, an address, or a network such as 192.0.2.0/24. */
        String host();

        /** The source that it belongs to. */
        String source();
    }

    /** One line of the applicability table. */
    interface Applicability {
        /** Origin of the message: {@code OUTSIDE}, {@code DEVICE}, or {@code MAILBOX@source}. */
        String origin();

        /** Where the recipient is: {@code ours} or {@code outside}. */
        String recipient();

        /** Sources that cannot have a row then. */
        Set<String> none();
    }
}
