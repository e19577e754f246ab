package org.mailtrace.gateway.callback;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Locale;

/**
 * What is sent: that a report is over and where it is, never what it found. Whoever wants that reads it with a token, so
 * that it is known who did.
 *
 * @param timestamp when the report was over, UTC
 */
@RegisterForReflection
record Message(String type, Instant timestamp, Data data) {
    /** Which report. */
    @RegisterForReflection
    record Data(String id, String status, String href) {}

    static Message of(Errand errand, Instant finishedAt) {
        return new Message(
                "report." + errand.status().toLowerCase(Locale.ROOT),
                finishedAt,
                new Data(errand.report(), errand.status(), errand.href()));
    }
}
