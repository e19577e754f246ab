package org.mailtrace.proofpoint.stream;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.mailtrace.contract.CredentialState;
import org.mailtrace.proofpoint.vendor.Credentials.Seen;

/** How the reading of one type gets on, for metrics, for the purge, and for whoever asks why nothing arrives. */
final class Progress {
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong setAside = new AtomicLong();
    private final AtomicLong reconnects = new AtomicLong();
    private final AtomicLong tooManySessions = new AtomicLong();
    private final AtomicLong largest = new AtomicLong();
    private final AtomicReference<Optional<Instant>> newest = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Seen> token =
            new AtomicReference<>(new Seen(CredentialState.UNKNOWN, Optional.empty()));
    private volatile Optional<Instant> archiveRead = Optional.empty();
    private volatile Optional<String> storeTrouble = Optional.empty();
    private volatile Optional<String> liveTrouble = Optional.empty();
    private volatile Optional<String> archiveTrouble = Optional.empty();

    /** A frame came. */
    void came(long size) {
        bytes.addAndGet(size);
        largest.accumulateAndGet(size, Math::max);
    }

    /** So many records are stored and so many set aside. */
    void stored(int kept, int letters) {
        records.addAndGet(kept);
        setAside.addAndGet(letters);
    }

    /** A stored record says that it is of this moment. */
    void saw(Instant at) {
        newest.accumulateAndGet(
                Optional.of(at),
                (one, other) -> one.filter(known -> known.isAfter(at)).or(() -> other));
    }

    void reconnected() {
        reconnects.incrementAndGet();
    }

    void tooManySessions() {
        tooManySessions.incrementAndGet();
    }

    void archiveRead(Instant at) {
        archiveRead = Optional.of(at);
    }

    /** Whether the vendor takes the live token, and since when. */
    void tokenIs(CredentialState state, Instant at) {
        token.updateAndGet(before -> before.state() == state ? before : new Seen(state, Optional.of(at)));
    }

    void storeIs(Optional<String> trouble) {
        storeTrouble = trouble;
    }

    void liveIs(Optional<String> trouble) {
        liveTrouble = trouble;
    }

    void archiveIs(Optional<String> trouble) {
        archiveTrouble = trouble;
    }

    long records() {
        return records.get();
    }

    long bytes() {
        return bytes.get();
    }

    long setAside() {
        return setAside.get();
    }

    long reconnects() {
        return reconnects.get();
    }

    long refusedAsTooMany() {
        return tooManySessions.get();
    }

    long largest() {
        return largest.get();
    }

    /** Time of the newest record since this process reads, UTC. */
    Optional<Instant> newest() {
        return newest.get();
    }

    /** When an hour of the archive was last read wholly, UTC. */
    Optional<Instant> lastArchiveRead() {
        return archiveRead;
    }

    /** What was last seen of the live token. */
    Seen token() {
        return token.get();
    }

    /** What is wrong at the moment: what stops everything first. */
    Optional<String> trouble() {
        return Stream.of(storeTrouble, liveTrouble, archiveTrouble)
                .flatMap(Optional::stream)
                .findFirst();
    }
}
