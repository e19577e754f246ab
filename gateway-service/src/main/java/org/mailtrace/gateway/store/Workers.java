package org.mailtrace.gateway.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.JobsException;
import org.mailtrace.jobs.Lease;
import org.mailtrace.jobs.SignsOfLife;

/**
 * Threads that work off jobs of one kind, one job at a time each, until the service stops. Whatever happens to one job,
 * they go on with the next.
 */
public final class Workers {
    private static final Logger LOG = Logger.getLogger(Workers.class);

    private final String kind;
    private final Jobs jobs;
    private final Numbers numbers;
    private final BiConsumer<Lease, Rest> work;
    private final Runnable chore;
    private final Bell bell = new Bell();
    private final String process = UUID.randomUUID().toString();
    private List<Thread> threads = List.of();

    /**
     * How they work.
     *
     * @param threads how many jobs at the same time; none where this process only takes them in
     * @param lease how long work may store nothing before another worker takes the job; that of a process that died is
     *     taken within half a minute
     * @param poll how often an idle worker looks for a job that another process took in, or that is due again
     */
    public record Numbers(int threads, Duration lease, Duration poll) {}

    /**
     * Workers that are not at work yet.
     *
     * @param work does one job as long as it holds the lease and the service does not stop
     * @param chore what is done after every look for a job, also where there was none
     */
    public Workers(String kind, Jobs jobs, Numbers numbers, BiConsumer<Lease, Rest> work, Runnable chore) {
        this.kind = kind;
        this.jobs = jobs;
        this.numbers = numbers;
        this.work = work;
        this.chore = chore;
    }

    /** Begins. */
    public void start() {
        threads = IntStream.range(0, numbers.threads())
                .mapToObj(i ->
                        Thread.ofVirtual().name("mailtrace-" + kind + "-" + i).start(() -> workUntilTheEnd(i)))
                .toList();
    }

    /** There is a new job. */
    public void ring() {
        bell.ring();
    }

    /** Lets what is under way be stored and given back, and waits for that. */
    public void stop(Duration within) {
        bell.end();
        long end = System.nanoTime() + within.toNanos();
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void workUntilTheEnd(int number) {
        String name = process + "-" + number;
        while (!bell.isOver()) {
            if (!workOnOne(name)) {
                bell.idle(numbers.poll());
            }
        }
    }

    private boolean workOnOne(String name) {
        try {
            Optional<Lease> lease = jobs.claim(Set.of(kind), name, SignsOfLife.leaseFor(numbers.lease()));
            lease.ifPresent(held -> SignsOfLife.during(held, numbers.lease(), () -> work.accept(held, bell)));
            chore.run();
            return lease.isPresent();
        } catch (JobsException e) {
            LOG.warnf("the store failed kind=%s", kind);
            return false;
        } catch (RuntimeException e) {
            LOG.errorf(e, "a worker goes on after an error of its own kind=%s", kind);
            return false;
        }
    }
}
