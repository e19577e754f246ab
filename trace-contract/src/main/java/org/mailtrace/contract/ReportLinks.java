package org.mailtrace.contract;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a report and its result are.
 *
 * @param self the report's own address, absolute
 * @param observations where its observations are read; absent once they are removed
 */
public record ReportLinks(String self, Optional<String> observations) {
    public ReportLinks {
        Objects.requireNonNull(self, "self");
        observations = Absent.toEmpty(observations);
    }
}
