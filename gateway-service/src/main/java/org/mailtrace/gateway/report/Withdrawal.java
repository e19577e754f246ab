package org.mailtrace.gateway.report;

import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jboss.logging.Logger;
import org.mailtrace.http.guard.SourceFailure;

/**
 * Cancels the sources' reports of a report that nobody needs any more. One that cannot be cancelled ends by itself; it
 * costs only what it would have cost.
 */
@ApplicationScoped
class Withdrawal {
    private static final Logger LOG = Logger.getLogger(Withdrawal.class);

    private final Desk desk;
    private final Credentials credentials;
    private final ExecutorService threads;

    Withdrawal(Desk desk, Credentials credentials, @VirtualThreads ExecutorService threads) {
        this.desk = desk;
        this.credentials = credentials;
        this.threads = threads;
    }

    /** Nobody waits for it. */
    void withdraw(String report, Checkpoint at) {
        List<Leg> begun = at.legs().stream()
                .filter(leg -> leg.report().isPresent()
                        && leg.status().filter(status -> status.isOver()).isEmpty())
                .toList();
        begun.forEach(leg -> threads.execute(() -> cancel(report, leg)));
    }

    private void cancel(String report, Leg leg) {
        try {
            desk.cancel(leg.source(), leg.report().orElseThrow(), credentials.caller(report));
        } catch (SourceFailure e) {
            LOG.warnf("a source's report was not cancelled id=%s source=%s state=%s", report, leg.source(), e.state());
        }
    }
}
