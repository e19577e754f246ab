package org.mailtrace.gateway.audit;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A page of audit records.
 *
 * @param intact whether every record of the file fits the one before it
 * @param sentence the same in words, and what it does not prove
 * @param records newest first
 */
@Schema(description = "A page of audit records, newest first.")
record AuditPage(boolean intact, String sentence, List<Entry> records, Links page) {
    AuditPage {
        records = List.copyOf(records);
    }

    /**
     * One record.
     *
     * @param number its line in the file, counted from 1
     */
    @Schema(name = "AuditEntry")
    record Entry(long number, AuditRecord what) {}

    /** Where the next page is; no {@code next} on the last page. */
    @Schema(name = "AuditLinks")
    record Links(Optional<String> next) {}
}
