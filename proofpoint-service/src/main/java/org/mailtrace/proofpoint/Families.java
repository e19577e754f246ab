package org.mailtrace.proofpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.mailtrace.contract.SourceState;
import org.mailtrace.proofpoint.fate.Message;
import org.mailtrace.proofpoint.row.MessageRow;
import org.mailtrace.proofpoint.settings.ProofpointSettings;
import org.mailtrace.proofpoint.slicing.Deadline;
import org.mailtrace.proofpoint.slicing.Harvest;
import org.mailtrace.proofpoint.slicing.Window;
import org.mailtrace.proofpoint.smartsearch.SmartSearch;
import org.mailtrace.proofpoint.smartsearch.VendorQuery;

/**
 * Looks for the other parts of messages that the filter split. Smart Search cannot be asked by parent, but all parts share
 * the Message-ID and, within minutes, the time.
 */
@ApplicationScoped
class Families {
    /** Split messages of one page whose other parts are looked for; of the rest the answer says that it is not whole. */
    private static final int MOST = 5;

    private static final Duration AROUND = Duration.ofHours(1);

    private final SmartSearch search;
    private final ProofpointSettings settings;

    Families(SmartSearch search, ProofpointSettings settings) {
        this.search = search;
        this.settings = settings;
    }

    /** The messages, those that say that they were split with all of their parts, as far as time allows. */
    List<Message> whole(List<Message> messages, Deadline deadline) {
        return whole(messages, Message::isSplit, deadline);
    }

    /** A message in full: a parent does not always say that parts were split off. */
    List<Message> wholeWithoutHint(List<Message> messages, Deadline deadline) {
        return whole(messages, message -> !settings.ask().readsStream() || message.isSplit(), deadline);
    }

    /** The log stream's records know their parent, and its index has brought all parts that it has. */
    private List<Message> whole(List<Message> messages, Predicate<Message> wanted, Deadline deadline) {
        if (!settings.ask().asksSmartSearch()) {
            return messages;
        }
        List<Message> grown = new ArrayList<>();
        int asked = 0;
        for (Message message : messages) {
            boolean isAsked = wanted.test(message)
                    && !message.isFromStream()
                    && message.messageId().isPresent()
                    && asked < MOST;
            asked += isAsked ? 1 : 0;
            grown.add(isAsked ? whole(message, deadline) : message);
        }
        return grown;
    }

    private Message whole(Message message, Deadline deadline) {
        if (deadline.isOver()) {
            return message.unsure();
        }
        Instant last = message.rows().stream()
                .flatMap(row -> row.date().stream())
                .max(Instant::compareTo)
                .orElse(message.firstSeen());
        List<Harvest<MessageRow>> harvests = search.search(
                VendorQuery.forMessageId(message.messageId().orElseThrow()),
                new Window(message.firstSeen().minus(AROUND), last.plus(AROUND)),
                (rows, downTo) -> false,
                deadline);
        boolean read = harvests.stream().allMatch(harvest -> harvest.state() == SourceState.ANSWERED);
        Message grown = message.whole(
                harvests.stream().flatMap(harvest -> harvest.rows().stream()).toList());
        return read ? grown : grown.unsure();
    }
}
