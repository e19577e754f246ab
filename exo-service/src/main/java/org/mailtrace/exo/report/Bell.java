package org.mailtrace.exo.report;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes idle workers for a new report, and all of them for the end. */
final class Bell implements Rest {
    private final Lock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private final Condition ended = lock.newCondition();
    private boolean over;

    /** Waits for work, at most so long. */
    void idle(Duration span) {
        await(rung, span, true);
    }

    @Override
    public void rest(Duration span) {
        await(ended, span, false);
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

    /** There is work. */
    void ring() {
        lock.lock();
        try {
            rung.signal();
        } finally {
            lock.unlock();
        }
    }

    /** It is the end. */
    void end() {
        lock.lock();
        try {
            over = true;
            rung.signalAll();
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whoever is rung for nothing looks for work once too often; whoever rests looks at the clock again. */
    private void await(Condition condition, Duration span, boolean once) {
        lock.lock();
        try {
            long left = span.toNanos();
            while (!over && left > 0) {
                left = condition.awaitNanos(left);
                if (once) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            over = true;
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
