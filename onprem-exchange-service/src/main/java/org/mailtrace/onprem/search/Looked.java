package org.mailtrace.onprem.search;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailtrace.contract.SourcePart;
import org.mailtrace.contract.SourceState;
import org.mailtrace.onprem.OnPremSettings;
import org.mailtrace.onprem.follow.FollowSentences;
import org.mailtrace.onprem.follow.ServerState;

/**
 * How well one server looked at one window. The order of the reasons is the order of their weight: what was not read
 * cannot be told apart from what never was.
 *
 * @param part the part as the answer shows it
 * @param provenUntil up to when "no row" proves "no message" on this server; absent when it proves nothing
 */
record Looked(SourcePart part, Optional<Instant> provenUntil) {
    /** Clocks that are kept by the network differ by less. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    /** The server over a window. */
    static Looked at(ServerState server, Instant from, Instant to, OnPremSettings settings, Instant now) {
        Optional<Instant> silentSince = silentSince(server, settings.quietAfter(), now);
        // A clock that went back must not leave a claim about a time that has not come yet.
        Optional<Instant> dataAsOf = Stream.of(
                        server.readThrough(), silentSince, server.readThrough().map(any -> now))
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .map(instant -> instant.minus(lateBeyond(server, settings.settling())));
        Optional<Fault> fault = fault(server, from, to, silentSince, settings.stallAfter(), now);
        SourceState state = fault.map(Fault::state).orElse(SourceState.ANSWERED);
        boolean proves = fault.map(Fault::leavesAProof).orElse(true)
                && server.leftOut().isEmpty()
                && server.gaps().stream().noneMatch(gap -> gap.touches(from, to));
        return new Looked(
                new SourcePart(server.server(), state, server.since(), dataAsOf, fault.map(Fault::sentence)),
                proves
                        ? dataAsOf.map(
                                instant -> instant.minus(settings.settling()).minus(server.ahead()))
                        : Optional.empty());
    }

    /** The server and each of its file-name prefixes, which reach back differently far. */
    static List<SourcePart> withLanes(ServerState server, OnPremSettings settings, Instant now) {
        SourcePart whole = now(server, settings, now);
        return Stream.concat(
                        Stream.of(whole),
                        server.lanes().stream()
                                .map(lane -> new SourcePart(
                                        server.server() + "/" + lane.lane(),
                                        whole.state(),
                                        Optional.of(lane.since()),
                                        whole.dataAsOf(),
                                        whole.explanation())))
                .toList();
    }

    /** Rows that arrive later than they should move back up to when the data is known to be complete. */
    private static Duration lateBeyond(ServerState server, Duration settling) {
        return server.late().compareTo(settling) > 0 ? server.late().minus(settling) : Duration.ZERO;
    }

    /** Up to when the files tell everything over a window, whatever is wrong with them now; empty if nothing is certain. */
    static Optional<Instant> filesProve(
            ServerState server, Instant from, Instant to, OnPremSettings settings, Instant now) {
        boolean whole = server.leftOut().isEmpty()
                && server.since().isPresent()
                && server.gaps().stream().noneMatch(gap -> gap.touches(from, to));
        return whole && server.readThrough().isPresent()
                ? at(server, from, to, settings, now)
                        .part()
                        .dataAsOf()
                        .map(instant -> instant.minus(settings.settling()).minus(server.ahead()))
                : Optional.empty();
    }

    /** The server as such, whatever is asked. */
    static SourcePart now(ServerState server, OnPremSettings settings, Instant now) {
        return at(server, server.since().orElse(now), now, settings, now).part();
    }

    private static Optional<Fault> fault(
            ServerState server, Instant from, Instant to, Optional<Instant> silentSince, Duration stall, Instant now) {
        String name = server.server();
        if (server.failure().isPresent()) {
            return Fault.of(SourceState.FAILED, server.failure().get());
        }
        if (server.busy() && server.progress().isBefore(now.minus(stall))) {
            return Fault.of(SourceState.FAILED, FollowSentences.hanging(name, server.progress()));
        }
        if (!server.caughtUp()) {
            return Fault.of(
                    SourceState.PARTIAL,
                    server.readThrough()
                            .map(through -> FollowSentences.catchingUp(name, through))
                            .orElse(FollowSentences.notReadYet(name)));
        }
        List<String> leftOut = server.leftOut();
        Optional<Instant> since = server.since();
        if (since.filter(from::isBefore).isPresent()) {
            return Fault.upTo(SourceState.OUT_OF_RETENTION, FollowSentences.beforeEvidence(name, since.get()));
        }
        if (!leftOut.isEmpty()) {
            return Fault.of(SourceState.PARTIAL, FollowSentences.leftOut(leftOut.size(), leftOut.getFirst()));
        }
        if (since.isEmpty()) {
            return Fault.of(SourceState.PARTIAL, FollowSentences.nothingReadable(name));
        }
        List<ServerState.Gap> gaps =
                server.gaps().stream().filter(gap -> gap.touches(from, to)).toList();
        if (!gaps.isEmpty()) {
            return Fault.of(
                    SourceState.PARTIAL,
                    FollowSentences.gap(name, gaps.size(), gaps.getFirst().file()));
        }
        if (server.ahead().compareTo(CLOCKS_DIFFER) > 0 && to.isAfter(now.minus(server.ahead()))) {
            return Fault.upTo(SourceState.PARTIAL, FollowSentences.ahead(name, server.ahead()));
        }
        return silentSince
                .filter(to::isAfter)
                .flatMap(last -> Fault.upTo(SourceState.PARTIAL, FollowSentences.silent(name, last)));
    }

    private static Optional<Instant> silentSince(ServerState server, Duration quietAfter, Instant now) {
        return server.newest().filter(newest -> newest.isBefore(now.minus(quietAfter)));
    }

    /**
     * A reason why a part did not look.
     *
     * @param leavesAProof whether all that stood in the files was read all the same, so that up to some moment nothing
     *     can have been overlooked
     */
    private record Fault(SourceState state, String sentence, boolean leavesAProof) {
        static Optional<Fault> of(SourceState state, String sentence) {
            return Optional.of(new Fault(state, sentence, false));
        }

        static Optional<Fault> upTo(SourceState state, String sentence) {
            return Optional.of(new Fault(state, sentence, true));
        }
    }
}
