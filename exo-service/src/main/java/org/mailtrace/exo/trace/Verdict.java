package org.mailtrace.exo.trace;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.Quarantine;
import org.mailtrace.contract.QuarantineState;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.words.StatusWords;
import org.mailtrace.exo.words.StatusWords.Saying;

/** What is concluded about one row; put together step by step, because most parts are absent most of the time. */
record Verdict(
        RecipientStatus status,
        Saying saying,
        Optional<Instant> at,
        Optional<String> reason,
        Optional<NextHop> nextHop,
        List<String> related) {
    static Verdict of(RecipientStatus status, Saying saying) {
        return new Verdict(status, saying, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    Verdict at(Instant moment) {
        return new Verdict(status, saying, Optional.of(moment), reason, nextHop, related);
    }

    Verdict because(Optional<String> why) {
        return new Verdict(status, saying, at, why, nextHop, related);
    }

    Verdict to(Optional<NextHop> hop) {
        return new Verdict(status, saying, at, reason, hop, related);
    }

    Verdict under(List<String> addresses) {
        return new Verdict(status, saying, at, reason, nextHop, addresses);
    }

    Verdict fromTheRowAlone() {
        return new Verdict(status, StatusWords.eventsUnread(saying), at, reason, nextHop, related);
    }

    /** The recipient as the contract has it. */
    Recipient about(TraceRow row) {
        Optional<Quarantine> held = status == RecipientStatus.QUARANTINED
                ? Optional.of(
                        new Quarantine(Optional.empty(), Optional.empty(), QuarantineState.UNKNOWN, Optional.empty()))
                : Optional.empty();
        return new Recipient(
                row.recipient(),
                status,
                row.status().isBlank() ? Optional.empty() : Optional.of(row.status()),
                at.or(() -> Optional.of(row.receivedAt())),
                reason,
                nextHop,
                related,
                held,
                saying.explanation(),
                Optional.of(saying.nextAction()));
    }
}
