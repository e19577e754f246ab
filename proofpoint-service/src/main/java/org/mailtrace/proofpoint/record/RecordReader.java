package org.mailtrace.proofpoint.record;

import java.time.Instant;

/** Reads frames of the log stream. Never throws for what a frame holds. */
public final class RecordReader {
    /**
     * Reads one frame.
     *
     * @param frame UTF-8; may be larger than 1 MiB
     * @param receivedAt when it came, UTC; the record's time if it has none of its own
     */
    public ReadRecord read(RecordType type, byte[] frame, Instant receivedAt) {
        return new ReadRecord.Nothing();
    }
}
