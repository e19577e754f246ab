package org.mailtrace.standins.flows;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * The truth about one message.
 *
 * @param story the id of the story that plays it
 * @param messageId the sender's Message-ID, which may be another message's too
 * @param sender the envelope sender as it first was
 * @param senders all envelope senders that it had, rewritten ones included
 * @param to the envelope recipients
 * @param begun seconds of the epoch, by a right clock
 * @param origin {@code OUTSIDE}, {@code DEVICE} or {@code MAILBOX}
 * @param originSystem the system that saw where it came from
 * @param oneId whether every system knows it by the same Message-ID
 * @param knownAsOneBy the only system that knows its parts to be one message; empty if every system does
 * @param fates one for each address that it was for, or went on under
 * @param seen what each system could know
 * @param notices codes of notices that are true of it
 */
public record Truth(
        String story,
        String messageId,
        String sender,
        List<String> senders,
        String headerFrom,
        String subject,
        List<String> to,
        long begun,
        String origin,
        String originSystem,
        boolean oneId,
        String knownAsOneBy,
        List<Fate> fates,
        List<Seen> seen,
        List<String> notices) {
    private static final long ROUNDING_SECONDS = 3;

    public Truth {
        senders = List.copyOf(senders);
        to = List.copyOf(to);
        fates = List.copyOf(fates);
        seen = List.copyOf(seen);
        notices = List.copyOf(notices);
    }

    /** Whether one system recorded something at an earlier time than what another recorded before it. */
    @JsonIgnore
    public boolean clocksDiffer() {
        for (int i = 1; i < seen.size(); i++) {
            Seen later = seen.get(i);
            if (seen.subList(0, i).stream()
                    .anyMatch(earlier ->
                            !earlier.system().equals(later.system()) && earlier.at() > later.at() + ROUNDING_SECONDS)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a system has a record of it that it shows by then. */
    @JsonIgnore
    public boolean isSeenBy(String system, long now) {
        return seen.stream().anyMatch(s -> s.system().equals(system) && s.isVisibleAt(now));
    }
}
