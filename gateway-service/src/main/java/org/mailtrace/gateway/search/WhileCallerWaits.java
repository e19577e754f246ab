package org.mailtrace.gateway.search;

import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;
import org.mailtrace.gateway.limit.Departure;

/** Work that nobody needs once the caller has gone away: the thread that does it is interrupted then. */
final class WhileCallerWaits {
    private final Thread worker = Thread.currentThread();
    private boolean over;

    private WhileCallerWaits() {}

    /** Does the work on this thread. */
    static <T> T answer(RoutingContext request, Supplier<T> work) {
        WhileCallerWaits waiting = new WhileCallerWaits();
        try {
            Departure.of(request, waiting::callerIsGone);
            return work.get();
        } finally {
            waiting.finish();
        }
    }

    /** Also called once the answer has been sent; by then the work is over. */
    private synchronized void callerIsGone() {
        if (!over) {
            worker.interrupt();
        }
    }

    private synchronized void finish() {
        over = true;
        // An interrupt that came too late must not reach whatever this thread does next.
        Thread.interrupted();
    }
}
