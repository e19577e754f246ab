package org.mailtrace.exo.history;

import java.time.Instant;
import java.util.Optional;
import org.mailtrace.exo.history.csv.FileKind;

/**
 * What a report by historical search has to remember between two steps; stored with the report.
 *
 * @param searchId the vendor's JobId
 * @param startedAt when the search was first known, UTC
 * @param upTo what is newer is not in the search, UTC
 * @param rows how many rows Exchange Online says it has
 * @param downloadTried whether the one attempt was made
 * @param position how far the file has been read; empty as long as there is none
 */
record Memory(
        String searchId,
        FileKind kind,
        Instant startedAt,
        Instant upTo,
        Optional<Long> rows,
        boolean downloadTried,
        Optional<String> position) {
    Memory having(Optional<Long> rowsFound) {
        return new Memory(searchId, kind, startedAt, upTo, rowsFound, downloadTried, position);
    }

    Memory afterDownload() {
        return new Memory(searchId, kind, startedAt, upTo, rows, true, position);
    }

    Memory at(String place) {
        return new Memory(searchId, kind, startedAt, upTo, rows, downloadTried, Optional.of(place));
    }
}
