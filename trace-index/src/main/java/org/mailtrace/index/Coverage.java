package org.mailtrace.index;

import java.time.Instant;
import java.util.Objects;

/**
 * How far the evidence of one lane of a part goes without a gap. A part's evidence goes back only as far as the
 * shortest of its lanes.
 *
 * @param part the server, folder or log
 * @param lane what is written and purged on its own within it, such as a file-name prefix
 * @param since the oldest evidence, UTC
 * @param until the newest evidence, UTC
 */
public record Coverage(String part, String lane, Instant since, Instant until) {
    public Coverage {
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(lane, "lane");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(until, "until");
    }
}
