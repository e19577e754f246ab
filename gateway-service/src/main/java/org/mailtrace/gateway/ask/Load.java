package org.mailtrace.gateway.ask;

import java.util.concurrent.Semaphore;
import org.mailtrace.gateway.settings.GatewaySettings;

/**
 * What the answers to one inquiry weigh in memory, as a part of what all inquiries may weigh together. It is given back when
 * the inquiry is over; what comes after that is not taken.
 */
public final class Load implements AutoCloseable {
    /** What is weighed at a time, in bytes. */
    static final int PORTION = GatewaySettings.LEAST_IN_MEMORY;

    private final Semaphore portions;
    private int taken;
    private boolean over;

    /** @param portions how many of all inquiries are left */
    Load(Semaphore portions) {
        this.portions = portions;
    }

    /** Whether one portion more may be held; at once, because whoever waited would hold what others wait for. */
    synchronized boolean takesOneMore() {
        boolean takes = !over && portions.tryAcquire();
        taken += takes ? 1 : 0;
        return takes;
    }

    /** Whether about so many bytes more may be held, as it looks now. */
    boolean hasRoomFor(int bytes) {
        return (long) portions.availablePermits() * PORTION >= bytes;
    }

    @Override
    public synchronized void close() {
        over = true;
        portions.release(taken);
        taken = 0;
    }
}
