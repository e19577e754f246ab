package org.mailtrace.http.request;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.concurrent.Callable;
import org.jboss.logging.MDC;

/**
 * What goes along with a question to the threads that work for it: its id in their log lines, and its place in a trace.
 * Threads of Quarkus's own executors have both already; threads made by hand have neither.
 */
public final class Along {
    private Along() {}

    /** The work with what this thread has. */
    public static <T> Callable<T> with(Callable<T> work) {
        Context trace = Context.current();
        Object id = MDC.get(RequestId.LOGGED);
        return () -> {
            try (Scope _ = trace.makeCurrent()) {
                if (id != null) {
                    MDC.put(RequestId.LOGGED, id);
                }
                return work.call();
            } finally {
                MDC.remove(RequestId.LOGGED);
            }
        };
    }
}
