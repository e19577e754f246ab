package org.mailtrace.jobs;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Renews a lease while work on it is under way, so that the lease can be short: after the death of a process another one
 * goes on within half a minute, however long a step may take. Work that stores nothing for too long hangs, and gives no
 * sign of life any more either.
 */
public final class SignsOfLife implements Runnable {
    /** For how long a job is leased; with the pause of an idle worker it is taken over well within half a minute. */
    private static final Duration LEASE = Duration.ofSeconds(20);

    /** A renewal under way may still be answered; nobody waits for a store that is away. */
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(2);

    private final Lease lease;
    private final Duration every;
    private final Duration longestStep;
    private final CountDownLatch over = new CountDownLatch(1);

    SignsOfLife(Lease lease, Duration every, Duration longestStep) {
        this.lease = lease;
        this.every = every;
        this.longestStep = longestStep;
    }

    /**
     * How long a lease to claim.
     *
     * @param longestStep how long work may take between two steps
     */
    public static Duration leaseFor(Duration longestStep) {
        return longestStep.compareTo(LEASE) < 0 ? longestStep : LEASE;
    }

    /**
     * Does the work, with signs of life.
     *
     * @param longestStep after such a time without a step the job is left to others
     */
    public static void during(Lease lease, Duration longestStep, Runnable work) {
        new SignsOfLife(lease, leaseFor(longestStep).dividedBy(3), longestStep).during(work);
    }

    void during(Runnable work) {
        Thread thread = Thread.ofVirtual().name("mailtrace-sign-of-life").start(this);
        try {
            work.run();
        } finally {
            over.countDown();
            leave(thread);
        }
    }

    /** It is not interrupted: that would close the connection by which it may be renewing. */
    private static void leave(Thread thread) {
        try {
            thread.join(LONGEST_FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        Job known = lease.job();
        long since = System.nanoTime();
        try {
            while (!over.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!known.equals(lease.job())) {
                    known = lease.job();
                    since = System.nanoTime();
                }
                if (System.nanoTime() - since >= longestStep.toNanos() || !renew()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A store that fails may work again before the lease is over. */
    private boolean renew() {
        try {
            lease.renew();
            return true;
        } catch (LeaseLostException e) {
            return false;
        } catch (JobsException e) {
            return true;
        }
    }
}
