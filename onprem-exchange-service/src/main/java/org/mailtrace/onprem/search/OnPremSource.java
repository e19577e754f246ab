package org.mailtrace.onprem.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.CredentialState;
import org.mailtrace.contract.Include;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceInfo;
import org.mailtrace.contract.SourcePart;
import org.mailtrace.contract.SourceState;
import org.mailtrace.contract.TraceEvent;
import org.mailtrace.http.guard.Guarded;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.index.Found;
import org.mailtrace.index.IndexDeadlineException;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.Place;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.onprem.Ask;
import org.mailtrace.onprem.OnPremSettings;
import org.mailtrace.onprem.follow.FollowSentences;
import org.mailtrace.onprem.follow.Followers;
import org.mailtrace.onprem.follow.ServerState;
import org.mailtrace.onprem.live.LiveAnswer;
import org.mailtrace.onprem.live.LiveRows;
import org.mailtrace.onprem.live.LiveServers;
import org.mailtrace.onprem.live.LiveTarget;
import org.mailtrace.onprem.meaning.GroupKey;
import org.mailtrace.onprem.meaning.Observations;
import org.mailtrace.onprem.meaning.Site;
import org.mailtrace.source.Page;
import org.mailtrace.source.SourceId;
import org.mailtrace.source.SourceSettings;
import org.mailtrace.source.TraceSource;

/** The on-premises Exchange servers as a source. */
@ApplicationScoped
public class OnPremSource implements TraceSource {
    private static final String CUT_OFF = "A message has more records than are shown; only some of them were judged.";

    private final String name;
    private final OnPremSettings settings;
    private final TraceIndex index;
    private final Followers followers;
    private final Observations observations;
    private final Completion completion;
    private final Clock clock;
    private final Guarded guard;
    private final LiveServers liveServers;
    private final LiveWay liveWay;

    OnPremSource(
            SourceSettings source,
            OnPremSettings settings,
            TraceIndex index,
            Followers followers,
            LiveServers liveServers,
            Site site,
            Clock clock) {
        this.name = source.name();
        this.liveServers = liveServers;
        this.liveWay = new LiveWay(settings, liveServers);
        this.settings = settings;
        this.index = index;
        this.followers = followers;
        this.observations = new Observations(site);
        this.completion = new Completion(index, site, settings.deadline());
        this.clock = clock;
        this.guard = new Guarded("The index of the tracking logs", settings.index(), clock);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public SourceAnswer search(Question question) {
        Optional<Place> after = question.cursor().map(OnPremSource::place);
        Instant begun = clock.instant();
        // Taken before the search: rows that arrive while it runs never make the answer claim more than it saw.
        List<ServerState> servers = followers.states();
        try {
            if (!asksServers()) {
                Listed listed = guard.call(() -> listed(question, after), Listed.class);
                return answer(question, listed, servers, List.of(), LiveAnswer.none(), begun);
            }
            Found found = settings.ask() == Ask.LIVE ? new Found(List.of(), false) : searched(question, after);
            List<LiveTarget> targets = liveWay.targets(servers, question.from(), question.to(), begun);
            LiveAnswer live = liveWay.ask(question, targets, found);
            return answer(question, listed(question, after, found, live), servers, targets, live, begun);
        } catch (SourceFailure e) {
            return SourceAnswer.without(name, e.state(), e.getMessage(), tookMs(begun));
        }
    }

    @Override
    public SourceAnswer find(String sourceId) {
        Instant begun = clock.instant();
        Optional<SourceId> id = SourceId.decode(sourceId);
        List<ServerState> servers = followers.states();
        if (id.isEmpty()) {
            return found(Optional.empty(), List.of(), begun);
        }
        try {
            String group = GroupKey.inIndex(id.get().key());
            Optional<IndexedMessage> held = indexed(group);
            Instant from = id.get().firstSeen();
            Instant to = from.plusMillis(1);
            // Of a message that is known, later rows are looked for; of another one, the first.
            List<LiveTarget> targets = liveWay.targets(servers, from, held.isPresent() ? begun : to, begun);
            LiveAnswer live = liveWay.find(from, group, held, targets, begun);
            Optional<IndexedMessage> whole =
                    LiveMessages.of(live, any -> any.equals(group) ? held : Optional.empty()).stream()
                            .map(LiveMessages::message)
                            .filter(message -> message.group().equals(group))
                            .findFirst()
                            .or(() -> held);
            Optional<Shown> shown = guard.call(
                            () -> new Held(whole.map(message -> new Shown(message, referring(message)))), Held.class)
                    .message();
            List<Looked> looked = liveWay.looked(looked(servers, from, to, clock.instant()), targets, live, from);
            return found(
                    shown.map(message -> observations.whole(message.message(), message.referring(), false)),
                    looked,
                    begun);
        } catch (SourceFailure e) {
            return SourceAnswer.without(name, e.state(), e.getMessage(), tookMs(begun));
        }
    }

    @Override
    public SourceInfo info() {
        Instant now = clock.instant();
        List<ServerState> servers = followers.states();
        List<SourcePart> standing = asksServers()
                ? liveServers.names().stream()
                        .flatMap(name -> liveServers.standing(name).stream())
                        .toList()
                : List.of();
        List<SourcePart> parts = settings.ask() == Ask.LIVE
                ? standing
                : servers.stream()
                        .map(server -> Looked.now(server, settings, now))
                        .toList();
        List<SourcePart> shown = settings.ask() == Ask.LIVE
                ? standing
                : servers.stream()
                        .flatMap(server -> Looked.withLanes(server, settings, now).stream())
                        .map(part -> BothWays.standing(part, standing))
                        .toList();
        Optional<Instant> dataAsOf = dataAsOf(parts);
        return new SourceInfo(
                name,
                circuit(servers),
                Stream.concat(
                                servers.stream().flatMap(server -> server.lastSuccess().stream()),
                                liveServers.lastSuccess().stream())
                        .max(Instant::compareTo),
                searchableFrom(parts),
                dataAsOf,
                dataAsOf.map(
                        instant -> Math.max(0, Duration.between(instant, now).toSeconds())),
                Optional.empty(),
                asksServers() ? liveServers.credentials() : CredentialState.UNKNOWN,
                asksServers() ? liveServers.credentialsSince() : Optional.empty(),
                shown);
    }

    private boolean asksServers() {
        return settings.ask() != Ask.FILES;
    }

    private Found searched(Question question, Optional<Place> after) {
        return guard.call(() -> search(question, after), Found.class);
    }

    /** One page of what both ways told; what the servers told is whole already, the rest is completed. */
    private Listed listed(Question question, Optional<Place> after, Found found, LiveAnswer live) {
        if (live.rows().isEmpty()) {
            return guard.call(() -> completed(question, found, Set.of()), Listed.class);
        }
        Found page = liveWay.page(
                question, after, live, found, this::indexed, place -> searched(question, Optional.of(place)));
        Set<String> told = live.rows().stream().map(IndexRow::group).collect(Collectors.toSet());
        return guard.call(() -> completed(question, page, told), Listed.class);
    }

    /** What the index holds of a message; it is not asked where only the servers are. */
    private Optional<IndexedMessage> indexed(String group) {
        return settings.ask() == Ask.LIVE
                ? Optional.empty()
                : guard.call(() -> new Kept(index.find(group).map(completion::whole)), Kept.class)
                        .message();
    }

    private Listed listed(Question question, Optional<Place> after) {
        return completed(question, search(question, after), Set.of());
    }

    private Found search(Question question, Optional<Place> after) {
        try {
            return index.search(query(question, after));
        } catch (IndexDeadlineException e) {
            throw tooSlow(e);
        } catch (IndexException e) {
            // Its sentence says more than that something failed.
            throw new SourceFailure(SourceState.FAILED, e.getMessage(), Optional.empty(), e);
        }
    }

    private Listed completed(Question question, Found found, Set<String> whole) {
        try {
            List<Shown> messages = found.messages().stream()
                    .flatMap(hit ->
                            whole.contains(hit.group()) ? Stream.of(hit) : completion.listed(hit, question).stream())
                    .map(message -> new Shown(
                            message, question.include().contains(Include.RELATED) ? referring(message) : List.of()))
                    .toList();
            Optional<String> next =
                    found.more() ? Optional.of(cursorAfter(found.messages().getLast())) : Optional.empty();
            return new Listed(messages, next);
        } catch (IndexDeadlineException e) {
            throw tooSlow(e);
        } catch (IndexException e) {
            // Its sentence says more than that something failed.
            throw new SourceFailure(SourceState.FAILED, e.getMessage(), Optional.empty(), e);
        }
    }

    private static SourceFailure tooSlow(IndexDeadlineException e) {
        return new SourceFailure(
                SourceState.TIMED_OUT,
                "The search took too long; ask for a shorter window or an exact address.",
                Optional.empty(),
                e);
    }

    private List<IndexedMessage> referring(IndexedMessage message) {
        return completion.referring(message);
    }

    private IndexQuery query(Question question, Optional<Place> after) {
        return new IndexQuery(
                question.sender(),
                question.recipients(),
                question.subject(),
                question.messageId().map(MailId::value),
                question.from(),
                question.to(),
                question.include().contains(Include.NOISE),
                after,
                question.limit(),
                settings.deadline());
    }

    private SourceAnswer answer(
            Question question,
            Listed listed,
            List<ServerState> servers,
            List<LiveTarget> targets,
            LiveAnswer live,
            Instant begun) {
        Instant now = clock.instant();
        List<Looked> looked =
                liveWay.looked(looked(servers, question.from(), question.to(), now), targets, live, question.from());
        List<SourcePart> parts = looked.stream().map(Looked::part).toList();
        Optional<Instant> proven =
                provenUntil(looked).map(instant -> instant.isBefore(question.to()) ? instant : question.to());
        List<Observation> shown = listed.messages().stream()
                .map(message -> shown(message, question))
                .toList();
        List<String> warnings = new ArrayList<>();
        servers.stream()
                .filter(server -> server.setAside().orElse(0) > 0)
                .map(server -> FollowSentences.setAside(
                        server.server(), server.setAside().orElse(0)))
                .forEach(warnings::add);
        live.warning().ifPresent(warnings::add);
        parts.stream()
                .filter(part -> part.state().looked() && notAdded(live, part.name()))
                .flatMap(part -> part.explanation().stream())
                .distinct()
                .forEach(warnings::add);
        if (listed.messages().stream()
                .map(Shown::message)
                .anyMatch(each -> !each.rowsComplete() && !live.incomplete().contains(each.group()))) {
            warnings.add(CUT_OFF);
        }
        return new SourceAnswer(
                name,
                SourceState.ofParts(parts.stream().map(SourcePart::state).toList()),
                Optional.of(question.from()),
                Optional.of(question.to()),
                searchableFrom(parts),
                dataAsOf(parts),
                proven,
                tookMs(begun),
                Optional.empty(),
                parts,
                Optional.of(Equivalent.of(
                        question, parts.stream().map(SourcePart::name).toList())),
                explanation(parts),
                warnings,
                shown,
                listed.next());
    }

    private Observation shown(Shown message, Question question) {
        Observation whole = observations.whole(
                message.message(), message.referring(), question.include().contains(Include.NOISE));
        Observation narrowed =
                question.include().contains(Include.RECIPIENTS) ? whole : Observations.narrowed(whole, question);
        return narrowed.showing(
                narrowed.recipients(),
                narrowed.recipientsComplete(),
                question.include().contains(Include.EVENTS) ? withOrigin(narrowed.events()) : List.of());
    }

    private List<TraceEvent> withOrigin(List<TraceEvent> events) {
        return asksServers() ? events.stream().map(LiveRows::withOrigin).toList() : events;
    }

    /** Whether a server that was asked itself did not look. */
    private static boolean notAdded(LiveAnswer live, String server) {
        return Optional.ofNullable(live.parts().get(server))
                .filter(part -> !part.state().looked())
                .isPresent();
    }

    private SourceAnswer found(Optional<Observation> observation, List<Looked> looked, Instant begun) {
        List<SourcePart> parts = looked.stream().map(Looked::part).toList();
        SourceState state = parts.isEmpty()
                ? SourceState.ANSWERED
                : SourceState.ofParts(parts.stream().map(SourcePart::state).toList());
        return new SourceAnswer(
                name,
                state,
                Optional.empty(),
                Optional.empty(),
                searchableFrom(parts),
                dataAsOf(parts),
                provenUntil(looked),
                tookMs(begun),
                Optional.empty(),
                parts,
                Optional.empty(),
                explanation(parts),
                List.of(),
                observation.stream()
                        .map(each ->
                                each.showing(each.recipients(), each.recipientsComplete(), withOrigin(each.events())))
                        .toList(),
                Optional.empty());
    }

    private List<Looked> looked(List<ServerState> servers, Instant from, Instant to, Instant now) {
        return servers.stream()
                .map(server -> Looked.at(server, from, to, settings, now))
                .toList();
    }

    /** One server that proves nothing leaves the whole source without a proof. */
    private static Optional<Instant> provenUntil(List<Looked> looked) {
        boolean allProve = looked.stream().allMatch(each -> each.provenUntil().isPresent());
        return allProve
                ? looked.stream().flatMap(each -> each.provenUntil().stream()).min(Instant::compareTo)
                : Optional.empty();
    }

    private static Optional<Instant> searchableFrom(List<SourcePart> parts) {
        return parts.stream().flatMap(part -> part.searchableFrom().stream()).max(Instant::compareTo);
    }

    private static Optional<Instant> dataAsOf(List<SourcePart> parts) {
        boolean allKnown = parts.stream().allMatch(part -> part.dataAsOf().isPresent());
        return allKnown
                ? parts.stream().flatMap(part -> part.dataAsOf().stream()).min(Instant::compareTo)
                : Optional.empty();
    }

    private static Optional<String> explanation(List<SourcePart> parts) {
        List<String> sentences = parts.stream()
                .filter(part -> !part.state().looked())
                .flatMap(part -> part.explanation().stream())
                .distinct()
                .toList();
        return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
    }

    /** The worst of the directories' circuits and the index's own. */
    private CircuitState circuit(List<ServerState> servers) {
        List<CircuitState> all = Stream.of(
                        servers.stream().map(ServerState::circuit),
                        Stream.of(guard.circuit()),
                        asksServers() ? liveServers.circuits().stream() : Stream.<CircuitState>empty())
                .flatMap(each -> each)
                .toList();
        return Stream.of(CircuitState.OPEN, CircuitState.HALF_OPEN, CircuitState.CLOSED)
                .filter(all::contains)
                .findFirst()
                .orElse(CircuitState.UNKNOWN);
    }

    private long tookMs(Instant begun) {
        return Math.max(0, Duration.between(begun, clock.instant()).toMillis());
    }

    private static String cursorAfter(IndexedMessage last) {
        return new SourceId(last.firstSeen(), Observations.sourceId(last)).encoded();
    }

    private static Place place(String cursor) {
        SourceId place = Page.place(cursor);
        SourceId last = Page.place(place.key());
        return new Place(place.firstSeen(), GroupKey.inIndex(last.key()));
    }

    /** What the index holds. */
    private record Kept(Optional<IndexedMessage> message) {}

    /** What a look-up returned. */
    private record Held(Optional<Shown> message) {}

    /** What a search returned; the next page begins after the last group that was found, shown or not. */
    private record Listed(List<Shown> messages, Optional<String> next) {}

    /** A message with those that may refer to it. */
    private record Shown(IndexedMessage message, List<IndexedMessage> referring) {}
}
