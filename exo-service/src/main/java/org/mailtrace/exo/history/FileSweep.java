package org.mailtrace.exo.history;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.mailtrace.exo.report.ReportDesk;

/** Removes the files of reports that are over: what they say about people is in the report by then, or no longer needed. */
@Startup
@ApplicationScoped
class FileSweep {
    private static final Logger LOG = Logger.getLogger(FileSweep.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final ReportFiles files;
    private final ReportDesk desk;
    private final Thread sweeper;

    FileSweep(ReportFiles files, ReportDesk desk) {
        this.files = files;
        this.desk = desk;
        this.sweeper = Thread.ofVirtual().name("mailtrace-history-sweep").unstarted(this::sweepUntilTheEnd);
    }

    @PostConstruct
    void start() {
        sweeper.start();
    }

    void stop(@Observes ShutdownEvent event) {
        sweeper.interrupt();
    }

    /** One turn. */
    void sweep() throws IOException {
        for (String report : files.reports()) {
            boolean needed = desk.find(report)
                    .filter(ordered -> !ordered.over() && ordered.memory().isPresent())
                    .isPresent();
            if (!needed) {
                files.remove(report);
            }
        }
        files.removeOldParts();
    }

    private void sweepUntilTheEnd() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                sweepQuietly();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A store that does not answer keeps the files for the next turn. */
    private void sweepQuietly() {
        try {
            sweep();
        } catch (IOException | RuntimeException e) {
            LOG.warnf("files of reports were not swept reason=%s", e.getClass().getSimpleName());
        }
    }
}
