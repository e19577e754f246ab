package org.mailtrace.gateway;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Origin;
import org.mailtrace.contract.Quarantine;
import org.mailtrace.contract.QuarantineState;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.contract.TraceEvent;
import org.mailtrace.gateway.ask.Asked;
import org.mailtrace.gateway.ask.Inquiry;
import org.mailtrace.gateway.join.Joiner;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.join.NextHops;
import org.mailtrace.gateway.join.Sighting;
import org.mailtrace.gateway.settings.GatewaySettings;

/**
 * A made-up mail flow of three systems, edge, house and cloud: what they saw, and how they were asked. Times are minutes
 * before {@link #NOW}; systems answer as if they had looked until a test says otherwise.
 */
public final class Flow {
    public static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    public static final String ID = "<d9683b4c@contoso.example>";
    public static final String ANA = "ana@rivercounty.example";
    public static final List<String> SYSTEMS = List.of("edge", "house", "cloud");

    private final List<Sighting> sightings = new ArrayList<>();
    private final Inquiry inquiry = new Inquiry();

    /** Settings of an organisation with the three systems. */
    public static GatewaySettings settings() {
        return settings(Map.of());
    }

    /** The same, with changes. */
    public static GatewaySettings settings(Map<String, String> changes) {
        Map<String, String> values = new HashMap<>(Map.ofEntries(
                Map.entry("mailtrace.domains", "rivercounty.example"),
                Map.entry("mailtrace.sources.edge.url", "http://localhost:1"),
                Map.entry("mailtrace.sources.edge.title", "Edge"),
                Map.entry("mailtrace.sources.edge.grace", "30m"),
                Map.entry("mailtrace.sources.edge.queue-life", "5d"),
                Map.entry("mailtrace.sources.edge.bypass-notice", "BYPASSED_EDGE"),
                Map.entry("mailtrace.sources.house.url", "http://localhost:2"),
                Map.entry("mailtrace.sources.house.title", "House"),
                Map.entry("mailtrace.sources.house.mailboxes", "true"),
                Map.entry("mailtrace.sources.cloud.url", "http://localhost:3"),
                Map.entry("mailtrace.sources.cloud.title", "Cloud"),
                Map.entry("mailtrace.sources.cloud.grace", "60m"),
                Map.entry("mailtrace.sources.cloud.settling", "60m"),
                Map.entry("mailtrace.sources.cloud.late-rows", "24h"),
                Map.entry("mailtrace.sources.cloud.queue-life", "1d"),
                Map.entry("mailtrace.sources.cloud.mailboxes", "true"),
                Map.entry("mailtrace.next-hops[0].host", "*.cloud.example"),
                Map.entry("mailtrace.next-hops[0].source", "cloud"),
                Map.entry("mailtrace.next-hops[1].host", "exch*"),
                Map.entry("mailtrace.next-hops[1].source", "house"),
                Map.entry("mailtrace.next-hops[2].host", "198.51.100.0/24"),
                Map.entry("mailtrace.next-hops[2].source", "edge"),
                Map.entry("mailtrace.applicability[0].origin", "MAILBOX@house"),
                Map.entry("mailtrace.applicability[0].recipient", "ours"),
                Map.entry("mailtrace.applicability[0].none", "edge")));
        values.putAll(changes);
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(GatewaySettings.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(GatewaySettings.class);
    }

    /** The moment so many minutes before now. */
    public static Instant ago(long minutes) {
        return NOW.minus(Duration.ofMinutes(minutes));
    }

    /** A system saw the message, so long ago. */
    public Flow saw(String source, long minutesAgo, Recipient... recipients) {
        return saw(source, observation(source, minutesAgo, Optional.of(ID), Optional.empty(), true, recipients));
    }

    /** A system saw something. */
    public Flow saw(String source, Observation observation) {
        sightings.add(new Sighting(source, observation));
        return this;
    }

    /** A system was searched over the last ten days by id and by every address in use, and looked. */
    public Flow looked(String... sources) {
        for (String source : sources) {
            lookedUntil(source, NOW);
        }
        return this;
    }

    /** The same, with absence proven only so far. */
    public Flow lookedUntil(String source, Instant proven) {
        asked(source, byId(), answer(source, SourceState.ANSWERED, Optional.of(proven)));
        return asked(source, byAddress(), answer(source, SourceState.ANSWERED, Optional.of(proven)));
    }

    /** A system did not look. */
    public Flow blind(String source, SourceState state) {
        return asked(source, byId(), SourceAnswer.without(source, state, "It is away.", 1));
    }

    /** A system was asked this and answered that. */
    public Flow asked(String source, Question question, SourceAnswer answer) {
        inquiry.add(source, new Asked(question, answer));
        return this;
    }

    /** All systems that nobody spoke of looked. */
    public Inquiry inquiry() {
        SYSTEMS.stream().filter(source -> !inquiry.sources().contains(source)).forEach(this::looked);
        return inquiry;
    }

    /** The one message that the sightings make. */
    public Message message() {
        List<Message> messages = new Joiner(Duration.ofDays(5), new NextHops(settings())).join(sightings);
        if (messages.size() != 1) {
            throw new IllegalStateException("the flow makes " + messages.size() + " messages");
        }
        return messages.getFirst();
    }

    public static Question byId() {
        return question(Optional.of(MailId.of(ID)), List.of(), NOW.minus(Duration.ofDays(10)), NOW);
    }

    public static Question byAddress() {
        return question(
                Optional.empty(),
                List.of(new AddressPattern(ANA), new AddressPattern("bob@contoso.example")),
                NOW.minus(Duration.ofDays(10)),
                NOW);
    }

    public static Question question(Optional<MailId> id, List<AddressPattern> recipients, Instant from, Instant to) {
        return new Question(
                Optional.empty(),
                recipients,
                Optional.empty(),
                id,
                from,
                to,
                100,
                Optional.empty(),
                Set.of(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    public static SourceAnswer answer(
            String source, SourceState state, Optional<Instant> proven, Observation... observations) {
        return new SourceAnswer(
                source,
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                proven,
                1,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(observations),
                Optional.empty());
    }

    public static Observation observation(
            String source,
            long minutesAgo,
            Optional<String> id,
            Optional<Origin> origin,
            boolean complete,
            Recipient... recipients) {
        return new Observation(
                source + "-" + minutesAgo,
                id,
                Optional.empty(),
                Optional.of("sam@contoso.example"),
                Optional.empty(),
                Optional.of("Quarterly report"),
                Optional.empty(),
                ago(minutesAgo),
                ago(minutesAgo),
                origin,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                complete,
                true,
                List.of(recipients),
                List.of(),
                List.of(),
                Optional.empty());
    }

    /** The same, where the source saw that another system of ours handed it over. */
    public static Observation comingFromOurs(Observation seen) {
        return like(seen, Optional.empty(), Optional.of(Direction.OUTBOUND));
    }

    /** The same, where the source saw that it came from outside. */
    public static Observation comingFromOutside(Observation seen) {
        return like(seen, Optional.of(Origin.OUTSIDE), Optional.of(Direction.INBOUND));
    }

    private static Observation like(Observation seen, Optional<Origin> origin, Optional<Direction> direction) {
        return new Observation(
                seen.sourceId(),
                seen.messageId(),
                seen.networkMessageId(),
                seen.sender(),
                seen.headerFrom(),
                seen.subject(),
                seen.sizeBytes(),
                seen.firstSeen(),
                seen.lastSeen(),
                origin,
                direction,
                seen.clientIp(),
                seen.recipientCount(),
                seen.recipientsComplete(),
                seen.detailsFetched(),
                seen.recipients(),
                seen.events(),
                seen.relatedMessages(),
                seen.consoleUrl());
    }

    public static Observation with(Observation seen, EventType type, long minutesAgo) {
        return seen.showing(
                seen.recipients(),
                seen.recipientsComplete(),
                List.of(new TraceEvent(
                        ago(minutesAgo), type, Optional.empty(), Optional.empty(), Optional.empty(), List.of())));
    }

    public static Recipient is(RecipientStatus status, long minutesAgo) {
        return row(ANA, status, minutesAgo, Optional.empty(), List.of(), Optional.empty());
    }

    public static Recipient passedTo(String address, String host, String reply, long minutesAgo) {
        return row(
                address,
                RecipientStatus.PASSED_ON,
                minutesAgo,
                Optional.of(new NextHop(host, Optional.of(reply).filter(text -> !text.isEmpty()))),
                List.of(),
                Optional.empty());
    }

    /** The same, told by its own record: a second after the row, whose time it would have if nothing else were told. */
    public static Recipient byItsOwnRecord(Recipient handOver) {
        return new Recipient(
                handOver.address(),
                handOver.status(),
                handOver.rawStatus(),
                handOver.at().map(at -> at.plusSeconds(1)),
                handOver.reason(),
                handOver.nextHop(),
                handOver.relatedAddresses(),
                handOver.quarantine(),
                handOver.explanation(),
                handOver.nextAction());
    }

    public static Recipient onwards(RecipientStatus status, String... addresses) {
        return row(ANA, status, 100, Optional.empty(), List.of(addresses), Optional.empty());
    }

    public static Recipient held(QuarantineState state) {
        return row(
                ANA,
                RecipientStatus.QUARANTINED,
                100,
                Optional.empty(),
                List.of(),
                Optional.of(new Quarantine(Optional.of("Bulk"), Optional.empty(), state, Optional.empty())));
    }

    public static Recipient row(
            String address,
            RecipientStatus status,
            long minutesAgo,
            Optional<NextHop> hop,
            List<String> related,
            Optional<Quarantine> quarantine) {
        return new Recipient(
                address,
                status,
                Optional.of("raw"),
                Optional.of(ago(minutesAgo)),
                Optional.empty(),
                hop,
                related,
                quarantine,
                "The source says so.",
                Optional.empty());
    }
}
