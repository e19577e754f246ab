package org.mailtrace.standins.traffic;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * How a system misbehaves. A delay goes with any of the others; of those the first that is set counts, in the order of
 * the fields.
 *
 * @param delayMs milliseconds before anything else happens; remote PowerShell: for which the cmdlet works
 * @param silence accept the request and never answer; on-premises: nothing more is written
 * @param drop close the connection without an answer; on-premises: the logs cannot be reached
 * @param throttle answer 429
 * @param status answer with this status
 * @param malformed answer 200 with something that is not JSON; on-premises: a row that is not one
 * @param server on-premises, files and remote PowerShell: only this server
 * @param operation HTTP: only this operation, by its name in the counters
 * @param pages Exchange Online: how its pages go wrong
 * @param refuse Exchange Online and its token endpoint: what is not permitted
 * @param widestHours Exchange's admin API: the connection is closed on a trace over more hours than that
 * @param trickleMs a right beginning, and then one blank each so many milliseconds, without end
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record SystemFault(
        Optional<Long> delayMs,
        Optional<Boolean> silence,
        Optional<Boolean> drop,
        Optional<Throttle> throttle,
        Optional<Integer> status,
        Optional<Boolean> malformed,
        Optional<String> server,
        Optional<String> operation,
        Optional<PageFault> pages,
        Optional<Refusal> refuse,
        Optional<Integer> widestHours,
        Optional<Long> trickleMs) {

    /**
     * A spent quota.
     *
     * @param retryAfterSeconds what Retry-After says; absent means no such header
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Throttle(Optional<Integer> retryAfterSeconds) {}

    boolean silent() {
        return silence.orElse(false);
    }

    boolean dropped() {
        return drop.orElse(false);
    }

    boolean garbled() {
        return malformed.orElse(false);
    }
}
