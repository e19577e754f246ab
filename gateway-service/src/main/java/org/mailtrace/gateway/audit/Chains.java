package org.mailtrace.gateway.audit;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks the chains of files. Small files are read from their beginnings each time. Of large ones what was checked is
 * remembered for a while, so that only what came since is read. Safe for many threads.
 */
final class Chains {
    private final AuditRecords records;
    private final Clock clock;
    private final long checkedEachTime;
    private final Duration checkedAnewAfter;
    private Map<String, Chain> known = Map.of();

    Chains(AuditRecords records, Clock clock, AuditSettings settings) {
        this.records = records;
        this.clock = clock;
        this.checkedEachTime = settings.checkedEachTime();
        this.checkedAnewAfter = settings.checkedAnewAfter();
    }

    /** The chains as they are now, by the files' names; one at a time, because who waits finds the work done. */
    synchronized Map<String, Chain> check(List<Reading> files) throws IOException {
        Instant now = clock.instant();
        boolean small = files.stream().mapToLong(Reading::size).sum() <= checkedEachTime;
        Map<String, Chain> checked = new HashMap<>();
        Map<String, Chain> remembered = new HashMap<>();
        for (Reading file : files) {
            Chain from = small ? Chain.beginning(now) : readBefore(file, now);
            Chain.Further further = from.read(file, records);
            checked.put(file.name(), further.now());
            remembered.put(file.name(), further.whole());
        }
        known = remembered;
        return checked;
    }

    private Chain readBefore(Reading file, Instant now) throws IOException {
        Chain before = known.getOrDefault(file.name(), Chain.beginning(now));
        return before.since().plus(checkedAnewAfter).isAfter(now) && before.isBeginningOf(file)
                ? before
                : Chain.beginning(now);
    }
}
