package org.mailtrace.gateway.audit;

import java.io.IOException;
import java.util.Optional;

/** The lines of a file from a place back to its beginning, as bytes; the newest are what most people ask for. */
final class Backwards {
    private static final byte LINE_END = '\n';

    private final Reading file;
    private long place;

    /** Begins with the line that ends at a place, with or without its line end. */
    Backwards(Reading file, long place) {
        this.file = file;
        this.place = place;
    }

    /** Where the line begins that was read last. */
    long place() {
        return place;
    }

    /** The line before, without its end. */
    Optional<byte[]> next() throws IOException {
        if (place == 0) {
            return Optional.empty();
        }
        long end = file.at(place - 1) == LINE_END ? place - 1 : place;
        long start = end;
        while (start > 0 && file.at(start - 1) != LINE_END) {
            start--;
        }
        place = start;
        return Optional.of(file.read(start, (int) Math.min(Integer.MAX_VALUE, end - start)));
    }
}
