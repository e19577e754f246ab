package org.mailtrace.jobs;

import java.time.Clock;
import java.util.function.Predicate;

/**
 * How many of the newest thousand jobs of a kind are how far, of all processes together, asked of the store each time. No
 * number, that is {@link Double#NaN}, where the store does not answer: that is better than a wrong one.
 */
public final class Backlog {
    private static final int NEWEST = 1000;

    private final Jobs jobs;
    private final String kind;
    private final Clock clock;

    public Backlog(Jobs jobs, String kind, Clock clock) {
        this.jobs = jobs;
        this.kind = kind;
        this.clock = clock;
    }

    /** Those that could be begun or gone on with. */
    public double queued() {
        return count(job -> job.state() == JobState.QUEUED && !isPutOff(job));
    }

    /** Those that were put off, and are not due again yet. */
    public double waiting() {
        return count(job -> job.state() == JobState.QUEUED && isPutOff(job));
    }

    /** Those that somebody works on. */
    public double running() {
        return count(job -> job.state() == JobState.RUNNING);
    }

    private boolean isPutOff(Job job) {
        return job.notBefore().isAfter(clock.instant());
    }

    private double count(Predicate<Job> counted) {
        try {
            return jobs.newest(kind, NEWEST).stream().filter(counted).count();
        } catch (JobsException e) {
            return Double.NaN;
        }
    }
}
