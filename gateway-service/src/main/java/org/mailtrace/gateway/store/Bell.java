package org.mailtrace.gateway.store;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes idle workers for new work, and all of them for the end. */
final class Bell implements Rest {
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean rung;
    private boolean over;

    /** Waits for work, at most so long. */
    void idle(Duration span) {
        await(span, true);
    }

    @Override
    public void rest(Duration span) {
        await(span, false);
    }

    @Override
    public boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    /** There is work; a ring that nobody waits for is heard by the next who would. */
    void ring() {
        lock.lock();
        try {
            rung = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** It is the end. */
    void end() {
        lock.lock();
        try {
            over = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await(Duration span, boolean forWork) {
        lock.lock();
        try {
            long left = span.toNanos();
            while (!over && left > 0 && !(forWork && rung)) {
                left = changed.awaitNanos(left);
            }
            if (forWork) {
                rung = false;
            }
        } catch (InterruptedException e) {
            over = true;
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
