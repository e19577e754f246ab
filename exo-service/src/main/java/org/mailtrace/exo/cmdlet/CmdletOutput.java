package org.mailtrace.exo.cmdlet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.mailtrace.http.guard.SourceFailure;

/**
 * What a cmdlet gave.
 *
 * @param rows objects without the type marks, whose names contain {@code @}
 * @param warnings the vendor's sentences; they may name addresses, and commands that must never be run
 * @param ending why not everything was read; empty if it was
 */
public record CmdletOutput(List<JsonNode> rows, List<String> warnings, Optional<SourceFailure> ending) {
    public CmdletOutput {
        rows = List.copyOf(rows);
        warnings = List.copyOf(warnings);
    }

    /** Neither rows nor warnings: they hold addresses and subjects. */
    @Override
    public String toString() {
        return "CmdletOutput[rows=" + rows.size() + ", warnings=" + warnings.size() + "]";
    }
}
