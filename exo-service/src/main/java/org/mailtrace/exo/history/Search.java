package org.mailtrace.exo.history;

import java.util.Locale;
import java.util.Optional;

/**
 * A historical search as Exchange Online lists it.
 *
 * @param id the vendor's JobId
 * @param status the vendor's word, an open set
 * @param rows how many rows it found, where that is said
 * @param fileUrl where its file is; absent when there is none, and while it is not ready
 */
record Search(String id, String title, String status, Optional<Long> rows, Optional<String> fileUrl) {
    /** What the status means; the words are those of "Start-HistoricalSearch" and of Microsoft's support. */
    enum State {
        WAITING,
        RUNNING,
        DONE,
        CANCELLED,
        FAILED,
        UNKNOWN
    }

    State state() {
        return switch (status.strip().toLowerCase(Locale.ROOT)) {
            case "notstarted" -> State.WAITING;
            case "inprogress" -> State.RUNNING;
            case "done" -> State.DONE;
            case "cancelled", "canceled" -> State.CANCELLED;
            case "failed" -> State.FAILED;
            default -> State.UNKNOWN;
        };
    }

    /** Neither the title nor the address. */
    @Override
    public String toString() {
        return "Search[id=" + id + ", status=" + status + "]";
    }
}
