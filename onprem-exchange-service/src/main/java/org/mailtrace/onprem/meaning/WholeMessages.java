package org.mailtrace.onprem.meaning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.StoredRow;

/**
 * Puts together what the index keeps apart because rows lack one of the two ids: rows of Exchange 2007 and 2010 have no
 * network message id, and some later rows have not either. A network message id is Exchange's own and joins by itself. A
 * Message-ID is the sender's choice and repeats: by it, rows are joined to a message only where a hop link names that
 * message, or where no other message has that Message-ID and everything else agrees. What stays doubtful stays apart.
 */
public final class WholeMessages {
    /** Clocks of two servers may be an hour apart, and a hand-over takes its time. */
    private static final Duration NEAR = Duration.ofMinutes(90);

    private final Site site;

    public WholeMessages(Site site) {
        this.site = site;
    }

    /**
     * The messages that these groups are.
     *
     * @param groups all groups that have a Message-ID or a network message id in common
     * @param all whether there are no further ones; otherwise only hop links join by Message-ID
     */
    public List<WholeMessage> of(Collection<IndexedMessage> groups, boolean all) {
        List<Piece> pieces = groups.stream().map(group -> Piece.of(group, site)).toList();
        Map<Piece, List<StoredRow>> joined = new LinkedHashMap<>();
        Map<Piece, List<IndexedMessage>> sources = new LinkedHashMap<>();
        List<Piece> anchors = new ArrayList<>(pieces.stream()
                .filter(piece -> piece.messageId().isPresent()
                        && piece.networkMessageId().isPresent())
                .toList());
        anchors.forEach(anchor -> {
            joined.put(anchor, new ArrayList<>(anchor.group().rows()));
            sources.put(anchor, new ArrayList<>(List.of(anchor.group())));
        });
        List<WholeMessage> apart = new ArrayList<>();
        for (Piece piece : pieces) {
            if (!anchors.contains(piece)) {
                List<StoredRow> left = new ArrayList<>();
                Set<Piece> taken = new HashSet<>();
                for (List<Strand> strands : piece.strands()) {
                    List<StoredRow> rows =
                            strands.stream().flatMap(s -> s.rows().stream()).toList();
                    Optional<Piece> home = home(piece, strands, anchors, all);
                    home.ifPresentOrElse(anchor -> joined.get(anchor).addAll(rows), () -> left.addAll(rows));
                    home.ifPresent(taken::add);
                }
                if (!left.isEmpty()) {
                    apart.add(whole(piece.group(), left, List.of(piece.group())));
                } else if (taken.size() == 1) {
                    sources.get(taken.iterator().next()).add(piece.group());
                }
            }
        }
        List<WholeMessage> messages = new ArrayList<>();
        joined.forEach((anchor, rows) -> messages.add(whole(anchor.group(), rows, sources.get(anchor))));
        messages.addAll(apart);
        return messages;
    }

    private Optional<Piece> home(Piece piece, List<Strand> strands, List<Piece> anchors, boolean all) {
        if (piece.networkMessageId().isPresent()) {
            return only(anchors.stream()
                    .filter(anchor -> anchor.networkMessageId().equals(piece.networkMessageId()))
                    .toList());
        }
        List<Piece> candidates = anchors.stream()
                .filter(anchor ->
                        piece.messageId().isPresent() && anchor.messageId().equals(piece.messageId()))
                .toList();
        List<Piece> linked = candidates.stream()
                .filter(anchor -> strands.stream().anyMatch(strand -> strand.isLinkedTo(anchor)))
                .toList();
        if (!linked.isEmpty() || !all) {
            return only(linked);
        }
        return only(candidates).filter(anchor -> agrees(strands, anchor));
    }

    /** Same envelope sender, near in time, and not both came in from somewhere else: those are two messages. */
    private static boolean agrees(List<Strand> strands, Piece anchor) {
        Set<String> senders = new HashSet<>(anchor.senders());
        Set<String> others = new HashSet<>();
        strands.forEach(strand -> others.addAll(strand.senders()));
        boolean sameSender = senders.isEmpty() || others.isEmpty() || senders.equals(others);
        boolean entered = strands.stream().anyMatch(Strand::entersFromElsewhere);
        return sameSender && !(entered && anchor.entersFromElsewhere()) && near(strands, anchor);
    }

    private static boolean near(List<Strand> strands, Piece anchor) {
        List<Instant> times = strands.stream()
                .flatMap(strand -> strand.rows().stream())
                .map(StoredRow::at)
                .sorted()
                .toList();
        return !times.getFirst().isAfter(anchor.group().lastSeen().plus(NEAR))
                && !times.getLast().isBefore(anchor.group().firstSeen().minus(NEAR));
    }

    private static WholeMessage whole(IndexedMessage anchor, List<StoredRow> rows, List<IndexedMessage> sources) {
        List<StoredRow> sorted =
                rows.stream().sorted(Comparator.comparing(StoredRow::at)).toList();
        boolean complete = anchor.rowsComplete() && sources.stream().allMatch(IndexedMessage::rowsComplete);
        return new WholeMessage(
                new IndexedMessage(
                        anchor.group(), sorted.getFirst().at(), sorted.getLast().at(), sorted, complete),
                sources);
    }

    private static <T> Optional<T> only(List<T> list) {
        return list.size() == 1 ? Optional.of(list.getFirst()) : Optional.empty();
    }
}
