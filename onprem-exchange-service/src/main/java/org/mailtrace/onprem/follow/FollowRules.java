package org.mailtrace.onprem.follow;

import java.time.Duration;
import java.util.Optional;
import org.mailtrace.onprem.record.Fields;

/**
 * How a server's files are followed.
 *
 * @param fieldsWhenMissing columns of files without a header
 * @param maxRecord a record of more bytes is set aside
 * @param settling how long a record may stand unfinished at the end of a file before what is wrong with it is looked at
 * @param closedAfter after how long an untouched file that has a successor is taken as finished
 * @param quietAfter for how long what was measured about a server's clock is remembered
 */
record FollowRules(
        Optional<Fields> fieldsWhenMissing,
        int maxRecord,
        Duration settling,
        Duration closedAfter,
        Duration quietAfter) {
    /** A file whose period begins so much later than now is dated wrongly; clocks of servers differ by less. */
    static final Duration FUTURE = Duration.ofHours(2);
}
