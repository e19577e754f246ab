package org.mailtrace.proofpoint.stream;

import java.time.Instant;
import org.mailtrace.proofpoint.record.ReadRecord;
import org.mailtrace.proofpoint.record.RecordType;

/** Reads one frame; never throws for what it holds. */
interface FrameReader {
    ReadRecord read(RecordType type, byte[] frame, Instant receivedAt);
}
