package org.mailtrace.gateway.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A page of audit records.
 *
 * @param intact whether every record of every file fits the one before it
 * @param sentence the same in words, and what it does not prove
 * @param checkedAt when the files were last read as a whole, UTC; what came since was read now
 * @param records newest first
 */
@Schema(description = "A page of audit records, newest first.")
record AuditPage(boolean intact, String sentence, Instant checkedAt, List<Entry> records, Links page) {
    AuditPage {
        records = List.copyOf(records);
    }

    /**
     * One record.
     *
     * @param file the name of the file that it stands in; each gateway has its own
     * @param number its line in the file, counted from 1
     */
    @Schema(name = "AuditEntry")
    record Entry(String file, long number, AuditRecord what) {}

    /** Where the next page is; no {@code next} on the last page. */
    @Schema(name = "AuditLinks")
    record Links(Optional<String> next) {}
}
