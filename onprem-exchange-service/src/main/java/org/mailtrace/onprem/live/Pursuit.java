package org.mailtrace.onprem.live;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.mailtrace.contract.MailId;
import org.mailtrace.onprem.live.wsman.Deadline;

/**
 * The messages that one question found, shared by all servers' threads: each asks its server again for every one of them,
 * because a filter by recipient hides the group that the message came to and its other recipients. A server that is slow
 * keeps nobody from asking about what the others found.
 */
final class Pursuit {
    private final int most;
    private final List<MailId> ids = new ArrayList<>();
    private final Set<MailId> known = new LinkedHashSet<>();
    private int unfinished;
    private boolean cut;

    /**
     * @param servers how many servers are asked
     * @param most how many messages may be asked for again
     */
    Pursuit(int servers, int most) {
        this.unfinished = servers;
        this.most = most;
    }

    synchronized void found(List<MailId> found) {
        for (MailId id : found) {
            if (!known.add(id)) {
                continue;
            }
            if (ids.size() < most) {
                ids.add(id);
            } else {
                cut = true;
            }
        }
        notifyAll();
    }

    /** Another server will find nothing more by itself. */
    synchronized void finished() {
        unfinished--;
        notifyAll();
    }

    /** The message at a place; empty once no server can find another one, or the time is over. */
    synchronized Optional<MailId> at(int place, Deadline deadline) throws InterruptedException {
        while (place >= ids.size() && unfinished > 0 && !deadline.passed()) {
            TimeUnit.NANOSECONDS.timedWait(
                    this, Math.max(1_000_000, deadline.left().toNanos()));
        }
        return place < ids.size() ? Optional.of(ids.get(place)) : Optional.empty();
    }

    /** Whether more messages were found than may be asked for again. */
    synchronized boolean cut() {
        return cut;
    }

    /** Whether everything about this message was asked for. */
    synchronized boolean includes(MailId id) {
        return ids.contains(id);
    }
}
