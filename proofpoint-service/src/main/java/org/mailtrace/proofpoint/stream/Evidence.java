package org.mailtrace.proofpoint.stream;

import org.mailtrace.proofpoint.record.RecordType;

/** What the log stream is known to have brought. */
public interface Evidence {
    /** How far the records of a type are known to be here. */
    Known of(RecordType type);
}
