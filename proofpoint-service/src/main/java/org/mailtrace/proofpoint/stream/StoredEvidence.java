package org.mailtrace.proofpoint.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.mailtrace.contract.CredentialState;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.proofpoint.record.RecordType;
import org.mailtrace.proofpoint.vendor.Credentials;
import org.mailtrace.proofpoint.words.StreamSentences;

/** What is known by what the store says, for a process that is not the one that reads the stream. */
final class StoredEvidence {
    private static final Duration FRESH = Duration.ofSeconds(1);
    /** The token is tried by the process that reads. */
    static final Credentials.Seen NOT_OURS = new Credentials.Seen(CredentialState.UNKNOWN, Optional.empty());

    private final TraceIndex index;
    private final Clock clock;
    private final Map<RecordType, Seen> seen = new ConcurrentHashMap<>();

    StoredEvidence(TraceIndex index, Clock clock) {
        this.index = index;
        this.clock = clock;
    }

    Known of(RecordType type) {
        Instant now = clock.instant();
        return seen.compute(type, (key, before) -> before != null && before.isFreshAt(now) ? before : look(key, now))
                .known();
    }

    private Seen look(RecordType type, Instant now) {
        try {
            return new Seen(told(Ledger.stored(index, type), Optional.empty(), NOT_OURS), now);
        } catch (IndexException e) {
            return new Seen(told(Proven.NOTHING, Optional.of(e.getMessage()), NOT_OURS), now);
        }
    }

    /** What is proven, in words. */
    static Known told(Proven proven, Optional<String> trouble, Credentials.Seen token) {
        return new Known(
                proven.since(),
                proven.until(),
                proven.missing().stream()
                        .map(gap -> new Known.Gap(gap.from(), gap.to(), reason(gap.cause()), gap.isLost()))
                        .toList(),
                trouble,
                token);
    }

    private static String reason(Missing.Cause cause) {
        return switch (cause) {
            case BACKFILL -> StreamSentences.notReadYet();
            case OUTAGE -> StreamSentences.interrupted();
            case LOST -> StreamSentences.lost();
            case UNREADABLE -> StreamSentences.setAside();
        };
    }

    private record Seen(Known known, Instant at) {
        boolean isFreshAt(Instant now) {
            return !now.isBefore(at) && now.isBefore(at.plus(FRESH));
        }
    }
}
