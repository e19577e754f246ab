package org.mailtrace.exo.report;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mailtrace.contract.Question;
import org.mailtrace.exo.detail.DetailEvent;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.trace.Window;

/**
 * Another way than the usual one to do a thorough report. An implementation is a bean and keeps nothing in memory: it is
 * called again and again, also in another process after a kill, with what it remembered the last time. The worker stores,
 * waits, counts, filters the rows by the question, and gives up.
 */
public interface ThoroughSearch {
    /** Whether this report is done this way. Asked once, when the report begins; asks the vendor nothing. */
    boolean takesOver(Question question);

    /**
     * Does the next bit of work.
     *
     * @param errand for the requests of this bit
     * @throws org.mailtrace.http.guard.SourceFailure if the vendor gave no answer; the worker waits and calls again, or
     *     ends the report with its sentence
     */
    Stage goOn(Task task, Errand errand);

    /**
     * What is to be found.
     *
     * @param reportId the report, as its caller knows it
     * @param orderedAt when it was ordered, UTC; whatever is to be the same after a kill follows from it, not from the
     *     clock
     * @param window whole seconds, both ends included; nothing outside of it is searchable
     * @param memory what the last stage said is to be remembered; empty at the beginning
     */
    record Task(String reportId, Question question, Instant orderedAt, Window window, Optional<String> memory) {}

    /** What became of a bit of work. */
    sealed interface Stage {}

    /**
     * The vendor is still busy, or somebody has to do something.
     *
     * @param memory opaque, at most a few kilobytes
     * @param until when to go on, UTC
     * @param explanation what is waited for; names no address or subject
     */
    record Waiting(String memory, Instant until, String explanation) implements Stage {
        public Waiting {
            Objects.requireNonNull(memory, "memory");
            Objects.requireNonNull(until, "until");
            Objects.requireNonNull(explanation, "explanation");
        }
    }

    /**
     * Some rows; stored together with what is to be remembered. The same row may come again.
     *
     * @param memory opaque, at most a few kilobytes
     * @param last whether these were all
     * @param warnings what the reader of the report has to know
     */
    record Found(String memory, List<Row> rows, boolean last, List<String> warnings) implements Stage {
        public Found {
            Objects.requireNonNull(memory, "memory");
            rows = List.copyOf(rows);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * All rows were given before.
     *
     * @param upTo what is newer was not searched, UTC; the usual way reads it, so that nothing is left out
     * @param missing one sentence if rows may be missing that cannot be reached
     * @param warnings what the reader of the report has to know
     */
    record Finished(Instant upTo, Optional<String> missing, List<String> warnings) implements Stage {
        public Finished {
            Objects.requireNonNull(upTo, "upTo");
            Objects.requireNonNull(missing, "missing");
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * It cannot be done this way; the usual way does it from its beginning.
     *
     * @param why one sentence, shown as a warning
     */
    record Declined(String why) implements Stage {
        public Declined {
            Objects.requireNonNull(why, "why");
        }
    }

    /**
     * One row with its events.
     *
     * @param events oldest first; empty if they are not known
     */
    record Row(TraceRow row, Optional<List<DetailEvent>> events) {}
}
