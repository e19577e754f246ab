package org.mailtrace.onprem.follow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.mailtrace.onprem.follow.ServerState.Gap;

/**
 * The files of one lane as Exchange numbers them. Exchange purges the oldest only and counts from 1 in every period, so
 * a number that is skipped is a file that nobody read; an hour without any file may just have been quiet.
 */
final class Series {
    /** A number so high is no count any more; looking for all smaller ones would be. */
    private static final int MAX_MISSING = 20;

    private final TreeSet<LogName> names = new TreeSet<>(LogName.OLDEST_FIRST);

    /** The files that are there, and those that were read while they were. */
    Series(Collection<LogName> files) {
        names.addAll(files);
    }

    /**
     * The files that lie before what is known and reach it without a gap. Others that lie before it came from an
     * archive: their rows are found, but what was between is not known.
     */
    Set<LogName> reaching(Instant since) {
        Set<LogName> reaching = new HashSet<>();
        LogName next = null;
        for (LogName name : names.descendingSet()) {
            boolean within = name.end().isAfter(since);
            if (!within && (next == null || !name.isFollowedBy(next))) {
                break;
            }
            reaching.add(name);
            next = name;
        }
        return reaching;
    }

    /** Files that must have been between those that are known, not before the moment from which on all is claimed. */
    List<Gap> gaps(Instant since) {
        List<Gap> gaps = new ArrayList<>();
        LogName before = null;
        for (LogName name : names) {
            boolean samePeriod = before != null && before.start().equals(name.start());
            boolean counted = samePeriod || (before != null && name.start().isAfter(since));
            int first = samePeriod ? before.serial() + 1 : 1;
            if (counted && name.end().isAfter(since)) {
                for (int missing = first; missing < Math.min(name.serial(), first + MAX_MISSING); missing++) {
                    gaps.add(new Gap(name.withSerial(missing), name.start(), name.end()));
                }
            }
            before = name;
        }
        return gaps;
    }
}
