package org.mailtrace.exo.history;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.mailtrace.contract.Fault;
import org.mailtrace.exo.history.csv.UnfitFile;
import org.mailtrace.exo.report.ReportDesk;
import org.mailtrace.exo.words.HistoryWords;
import org.mailtrace.exo.words.ReportWords;
import org.mailtrace.http.problem.ProblemException;
import org.mailtrace.http.problem.ProblemKind;
import org.mailtrace.jobs.JobsException;

/** Takes the file of a report in: written to disk, checked against the report, and then there for its worker. */
@ApplicationScoped
class HandIn {
    private static final Logger LOG = Logger.getLogger(HandIn.class);
    private static final long RETRY_SECONDS = 10;

    private final ReportDesk desk;
    private final ReportFiles files;
    private final MemoryJson json;

    HandIn(ReportDesk desk, ReportFiles files, MemoryJson json) {
        this.desk = desk;
        this.files = files;
        this.json = json;
    }

    /** @param operator whether the caller may hand in files for everybody's reports */
    void take(String id, String caller, boolean operator, InputStream bytes) {
        ReportDesk.Ordered report = find(id).filter(
                        ordered -> operator || ordered.owner().equals(caller))
                .filter(ordered -> !ordered.over() && ordered.memory().isPresent())
                .orElseThrow(() -> new ProblemException(ProblemKind.NOT_FOUND, HistoryWords.NO_SUCH_REPORT));
        Memory memory = json.read(report.memory().orElseThrow());
        if (files.of(id).isPresent()) {
            throw unfit(List.of(HistoryWords.FILE_ALREADY_THERE));
        }
        try {
            Path part = files.receive(bytes);
            check(part, report, memory);
            if (!files.keep(part, id)) {
                throw unfit(List.of(HistoryWords.FILE_ALREADY_THERE));
            }
            LOG.infof("file was handed in report=%s", id);
        } catch (ReportFiles.TooLargeException e) {
            throw new ProblemException(ProblemKind.TOO_LARGE, HistoryWords.FILE_TOO_LARGE);
        } catch (UnfitFile e) {
            throw unfit(e.faults());
        } catch (IOException e) {
            LOG.errorf(
                    "file could not be stored report=%s reason=%s",
                    id, e.getClass().getSimpleName());
            throw noStore();
        }
    }

    private void check(Path part, ReportDesk.Ordered report, Memory memory) throws IOException, UnfitFile {
        try {
            new FileCheck(report.question(), memory.kind(), memory.rows()).check(part);
        } catch (IOException | UnfitFile | RuntimeException e) {
            files.discard(part);
            throw e;
        }
    }

    private Optional<ReportDesk.Ordered> find(String id) {
        try {
            return desk.find(id);
        } catch (JobsException e) {
            throw noStore();
        }
    }

    private static ProblemException unfit(List<String> faults) {
        return new ProblemException(
                ProblemKind.BAD_REQUEST,
                HistoryWords.FILE_UNFIT,
                faults.stream().map(fault -> new Fault("file", fault)).toList(),
                List.of(),
                Optional.empty());
    }

    private static ProblemException noStore() {
        return new ProblemException(
                ProblemKind.STORE_UNAVAILABLE, ReportWords.NO_STORE, List.of(), List.of(), Optional.of(RETRY_SECONDS));
    }
}
