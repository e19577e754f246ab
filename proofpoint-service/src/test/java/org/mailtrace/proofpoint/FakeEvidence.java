package org.mailtrace.proofpoint;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.mailtrace.proofpoint.record.RecordType;
import org.mailtrace.proofpoint.stream.Evidence;
import org.mailtrace.proofpoint.stream.Known;

/** Says of the log stream what a test wants; chosen by the profiles that need it. */
@Alternative
@ApplicationScoped
public class FakeEvidence implements Evidence {
    private static final Map<RecordType, Known> KNOWN = new ConcurrentHashMap<>();

    @Override
    public Known of(RecordType type) {
        return KNOWN.get(type);
    }

    static void says(RecordType type, Known known) {
        KNOWN.put(type, known);
    }

    /** All of the last 20 days is here but for these stretches. */
    static void follows(RecordType type, Known.Gap... gaps) {
        Instant now = Instant.now();
        says(
                type,
                new Known(
                        Optional.of(now.minus(Duration.ofDays(20))),
                        Optional.of(now),
                        List.of(gaps),
                        Optional.empty()));
    }
}
