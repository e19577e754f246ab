package org.mailtrace.http.disk;

import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Looks at a disk now and then, and remembers what it saw. While one thread looks, which may take long, others get the last look. */
final class LastLook implements DoubleSupplier {
    private static final long GOOD_FOR = Duration.ofSeconds(10).toNanos();

    private final Lock looking = new ReentrantLock();
    private final DoubleSupplier disk;
    private final LongSupplier nanos;
    private volatile Seen last = new Seen(Double.NaN, Long.MIN_VALUE, false);

    private record Seen(double bytes, long at, boolean ever) {}

    /** @param nanos as {@link System#nanoTime} counts */
    LastLook(DoubleSupplier disk, LongSupplier nanos) {
        this.disk = disk;
        this.nanos = nanos;
    }

    @Override
    public double getAsDouble() {
        if (!isGood() && looking.tryLock()) {
            try {
                last = new Seen(disk.getAsDouble(), nanos.getAsLong(), true);
            } finally {
                looking.unlock();
            }
        }
        return last.bytes();
    }

    private boolean isGood() {
        Seen seen = last;
        return seen.ever() && nanos.getAsLong() - seen.at() < GOOD_FOR;
    }
}
