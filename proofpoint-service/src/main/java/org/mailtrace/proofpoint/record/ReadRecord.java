package org.mailtrace.proofpoint.record;

import java.time.Instant;
import org.mailtrace.index.IndexRow;

/** What one frame of the log stream came to. */
public sealed interface ReadRecord {
    /**
     * A record that is kept.
     *
     * @param row for the index; the same for the same record however often it is sent
     * @param timeGuessed whether the record has no readable time and got that of its receipt
     */
    record Kept(IndexRow row, boolean timeGuessed) implements ReadRecord {
        /** When the agent logged it, UTC. */
        public Instant at() {
            return row.at();
        }
    }

    /**
     * A record that cannot be read; it is set aside and the stream goes on.
     *
     * @param reason one sentence
     * @param excerpt its beginning, without message bodies
     */
    record Poison(String reason, String excerpt) implements ReadRecord {}

    /** An empty frame: the vendor says that there is nothing. */
    record Nothing() implements ReadRecord {}
}
