package org.mailtrace.gateway.report;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.search.Asking;
import org.mailtrace.gateway.search.AskingParser;
import org.mailtrace.gateway.store.StoredJson;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.Jobs;

/**
 * Everything that the work on a report needs.
 *
 * @param alone held by whoever concludes: all rows of a report are in memory then, so this process concludes one at a time
 */
record Tools(
        Jobs jobs,
        StoredJson json,
        AskingParser parser,
        Credentials credentials,
        Gathering gathering,
        Parallel parallel,
        Rows rows,
        Concluding concluding,
        Lock alone,
        Kept kept,
        Withdrawal withdrawal,
        Calling calling,
        ReportMetrics metrics,
        ReportSettings settings,
        Clock clock) {
    /** Several sources at the same time. */
    interface Parallel {
        List<Turn> run(List<Leg> legs, Function<Leg, Turn> step);
    }

    /** What happens when a report is over. */
    interface Calling {
        /** Told before it is stored, so that it is not forgotten; possibly more than once. */
        void whenOver(Job job, JobState state, String base);
    }

    /** What was asked; it follows from the order and its moment alone, so that every process makes the same of it. */
    Asking asking(Job job, Caller caller) {
        return parser.parse(json.read(job.request(), Order.class).parameters(), List.of(), caller, job.createdAt());
    }
}
