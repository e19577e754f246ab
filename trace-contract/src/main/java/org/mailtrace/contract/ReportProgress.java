package org.mailtrace.contract;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a report is.
 *
 * @param phase what it is busy with; absent before the first step and once it is over
 * @param slicesDone how many stretches of the window were read to their end
 * @param slices how many there are: one for each ten days and each recipient that has to be asked for by itself
 * @param pages pages read
 * @param rows rows kept, one for each message and recipient; a row that was read twice counts twice
 * @param messages how many messages the result has by now
 * @param details recipients whose events were read
 * @param requests vendor requests spent
 * @param waitsFor one sentence if it waits
 * @param waitsUntil until when, UTC
 */
public record ReportProgress(
        Optional<ReportPhase> phase,
        int slicesDone,
        int slices,
        int pages,
        int rows,
        long messages,
        int details,
        int requests,
        Optional<String> waitsFor,
        Optional<Instant> waitsUntil) {
    public ReportProgress {
        phase = Absent.toEmpty(phase);
        waitsFor = Absent.toEmpty(waitsFor);
        waitsUntil = Absent.toEmpty(waitsUntil);
        if (slicesDone < 0 || slices < 0) {
            throw new IllegalArgumentException("progress counts from zero");
        }
    }
}
