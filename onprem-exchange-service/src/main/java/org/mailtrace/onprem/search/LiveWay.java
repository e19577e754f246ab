package org.mailtrace.onprem.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.contract.Include;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Question;
import org.mailtrace.index.Found;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.Place;
import org.mailtrace.onprem.Ask;
import org.mailtrace.onprem.OnPremSettings;
import org.mailtrace.onprem.follow.ServerState;
import org.mailtrace.onprem.live.LiveAnswer;
import org.mailtrace.onprem.live.LiveServers;
import org.mailtrace.onprem.live.LiveTarget;
import org.mailtrace.onprem.record.RowBody;

/** Asks the servers themselves, for all or for what their files cannot tell yet, and joins that with the index. */
final class LiveWay {
    private static final Comparator<IndexedMessage> ORDER =
            Comparator.comparing(IndexedMessage::firstSeen).reversed().thenComparing(IndexedMessage::group);

    private final OnPremSettings settings;
    private final LiveServers servers;

    LiveWay(OnPremSettings settings, LiveServers servers) {
        this.settings = settings;
        this.servers = servers;
    }

    /** Which servers are asked, and from when on: from where their files prove nothing any more. */
    List<LiveTarget> targets(List<ServerState> states, Instant from, Instant to, Instant now) {
        if (settings.ask() == Ask.FILES) {
            return List.of();
        }
        if (settings.ask() == Ask.LIVE) {
            return servers.names().stream().map(name -> whole(name, from)).toList();
        }
        return states.stream()
                .filter(state -> servers.names().contains(state.server()))
                .flatMap(state -> target(state, from, to, now).stream())
                .toList();
    }

    private Optional<LiveTarget> target(ServerState state, Instant from, Instant to, Instant now) {
        Optional<Instant> proven = Looked.filesProve(state, from, to, settings, now);
        if (proven.filter(from::isBefore).isEmpty()) {
            return Optional.of(whole(state.server(), from));
        }
        return proven.get().isBefore(to)
                ? Optional.of(new LiveTarget(state.server(), proven.get(), proven.get()))
                : Optional.empty();
    }

    private LiveTarget whole(String name, Instant from) {
        return new LiveTarget(name, from, from.minus(servers.followWindow()));
    }

    /** Asks the servers; {@code page} is what the index has found already. */
    LiveAnswer ask(Question question, List<LiveTarget> targets, Found page) {
        return targets.isEmpty()
                ? LiveAnswer.none()
                : servers.ask(question, targets, rows -> Matching.matches(question, rows), moving(page, targets));
    }

    /**
     * Messages of the index that were still moving when the servers' files were last read: what came after that may name
     * none of the addresses that were asked for.
     */
    private List<MailId> moving(Found page, List<LiveTarget> targets) {
        Instant since = targets.stream()
                .map(LiveTarget::from)
                .min(Instant::compareTo)
                .orElseThrow()
                .minus(settings.settling());
        return page.messages().stream()
                .filter(message -> !message.lastSeen().isBefore(since))
                .flatMap(message -> id(message).stream())
                .limit(settings.live().followUps() / 2)
                .toList();
    }

    private static Optional<MailId> id(IndexedMessage message) {
        return message.rows().stream()
                .map(row -> RowBody.read(row.at(), row.body()))
                .flatMap(row -> row.messageId().or(row::networkMessageId).stream())
                .findFirst()
                .map(MailId::of);
    }

    /**
     * One page of both ways' messages in their common order.
     *
     * @param index a message of the index by its group
     * @param following the index's messages after a place
     */
    Found page(
            Question question,
            Optional<Place> after,
            LiveAnswer live,
            Found found,
            Function<String, Optional<IndexedMessage>> index,
            Function<Place, Found> following) {
        List<LiveMessages> all = LiveMessages.of(live, index);
        Set<String> groups = all.stream().map(each -> each.message().group()).collect(Collectors.toSet());
        List<IndexedMessage> told = all.stream()
                .filter(each -> Matching.matches(question, each.rows()))
                .map(LiveMessages::message)
                .filter(message -> question.covers(message.firstSeen()))
                .filter(message -> question.include().contains(Include.NOISE)
                        || message.rows().stream().anyMatch(row -> !row.noise()))
                .filter(message ->
                        after.map(place -> comesAfter(message, place)).orElse(true))
                .toList();
        Set<IndexedMessage> indexed = new HashSet<>(without(found, groups));
        Found last = found;
        while (last.more() && indexed.size() < question.limit()) {
            IndexedMessage end = last.messages().getLast();
            last = following.apply(new Place(end.firstSeen(), end.group()));
            indexed.addAll(without(last, groups));
        }
        List<IndexedMessage> merged = new ArrayList<>(
                Stream.concat(told.stream(), indexed.stream()).sorted(ORDER).toList());
        boolean more = last.more() || merged.size() > question.limit();
        return new Found(merged.stream().limit(question.limit()).toList(), more);
    }

    /** How each server looked, both ways together. */
    List<Looked> looked(List<Looked> files, List<LiveTarget> targets, LiveAnswer live, Instant from) {
        if (settings.ask() == Ask.LIVE) {
            return live.parts().values().stream()
                    .map(BothWays::live)
                    .sorted(Comparator.comparing(each -> each.part().name()))
                    .toList();
        }
        Map<String, LiveTarget> byServer =
                targets.stream().collect(Collectors.toMap(LiveTarget::server, target -> target));
        return files.stream()
                .map(each -> {
                    String name = each.part().name();
                    return live.parts().containsKey(name)
                            ? BothWays.joined(
                                    each, byServer.get(name), live.parts().get(name), from)
                            : each;
                })
                .toList();
    }

    /** One message by its group; what the index holds of it is known already. */
    LiveAnswer find(
            Instant firstSeen, String group, Optional<IndexedMessage> known, List<LiveTarget> targets, Instant now) {
        if (targets.isEmpty()) {
            return LiveAnswer.none();
        }
        Optional<MailId> id = known.flatMap(LiveWay::id);
        return id.isPresent()
                ? servers.find(id.get(), now, targets)
                : servers.find(firstSeen, targets, rows -> isOf(group, rows));
    }

    private static boolean isOf(String group, List<IndexRow> rows) {
        return rows.stream().anyMatch(row -> row.group().equals(group));
    }

    private static List<IndexedMessage> without(Found found, Set<String> groups) {
        return found.messages().stream()
                .filter(message -> !groups.contains(message.group()))
                .toList();
    }

    private static boolean comesAfter(IndexedMessage message, Place place) {
        int byTime = message.firstSeen().compareTo(place.firstSeen());
        return byTime < 0 || (byTime == 0 && message.group().compareTo(place.group()) > 0);
    }
}
