package org.mailtrace.onprem.follow;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mailtrace.index.Coverage;

/**
 * What one file proves while it is read. Its name and header say when it begins; rows say when it was last written to.
 * A single row with a wrong date moves neither beyond what the file can hold.
 */
final class Stretch {
    /** How far rows and header may lie behind their file's period: files by day, clocks that are off. */
    private static final Duration SLACK = Duration.ofHours(26);

    private final LogFile file;
    private final FileLook look;
    private final Optional<Instant> date;
    private Optional<Instant> first;
    private Optional<Instant> last;

    /**
     * A file whose reading begins or goes on.
     *
     * @param date when its header says that it was begun
     */
    Stretch(LogFile file, FileLook look, Optional<Instant> date) {
        this.file = file;
        this.look = look;
        this.date = date;
        this.first = date.map(this::within);
        this.last = first;
    }

    LogFile file() {
        return file;
    }

    FileLook look() {
        return look;
    }

    Optional<Instant> date() {
        return date;
    }

    /** Whether the file is recent, so that its rows tell how late rows arrive. */
    boolean isOfToday() {
        return file.parsed().end().isAfter(look.begun().minus(SLACK));
    }

    void wrote(Instant at) {
        if (first.isEmpty()) {
            first = Optional.of(within(at));
        }
        Instant by = within(at);
        if (last.isEmpty() || by.isAfter(last.get())) {
            last = Optional.of(by);
        }
    }

    /** The lane's coverage with what the file proves so far; nothing is written after it was read. */
    Optional<Coverage> covered(Lanes lanes) {
        return first.flatMap(from -> last.map(to ->
                lanes.with(file.parsed().lane(), from, to.isAfter(look.begun()) ? look.begun() : to, look.joins())));
    }

    private Instant within(Instant at) {
        if (at.isBefore(file.parsed().start())) {
            return file.parsed().start();
        }
        return at.isAfter(file.parsed().end().plus(SLACK)) ? file.parsed().end() : at;
    }
}
