package org.mailtrace.exo.quota;

import java.time.Clock;
import java.time.Duration;
import org.mailtrace.exo.wire.Deadline;

/**
 * For whom requests are sent, and until when.
 *
 * @param deadline shared by everything that is done for the same question
 */
public record Errand(Deadline deadline, Priority priority) {
    /** An errand for somebody who waits. */
    public static Errand question(Duration span, Clock clock) {
        return new Errand(Deadline.in(span, clock), Priority.QUESTION);
    }

    /** An errand for a report. */
    public static Errand report(Duration span, Clock clock) {
        return new Errand(Deadline.in(span, clock), Priority.REPORT);
    }
}
