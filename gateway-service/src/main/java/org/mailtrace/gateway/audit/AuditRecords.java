package org.mailtrace.gateway.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** Reads records from lines. */
record AuditRecords(ObjectMapper json) {
    Optional<AuditRecord> of(String line) {
        try {
            return Optional.ofNullable(json.readValue(line, AuditRecord.class));
        } catch (JsonProcessingException e) {
            // Said by the chain: a line that is no record fits nothing.
            return Optional.empty();
        }
    }
}
