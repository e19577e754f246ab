package org.mailtrace.onprem.live;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailtrace.index.IndexRow;
import org.mailtrace.onprem.follow.RowMaker;
import org.mailtrace.onprem.live.psrp.Cmdlet;
import org.mailtrace.onprem.live.psrp.Cmdlet.Parameter;
import org.mailtrace.onprem.live.psrp.Cmdlet.Single;
import org.mailtrace.onprem.live.wsman.CommandResult;
import org.mailtrace.onprem.live.wsman.Deadline;
import org.mailtrace.onprem.live.wsman.RemoteShell;
import org.mailtrace.onprem.record.RowBody;
import org.mailtrace.onprem.record.TrackingRow;

/** One open shell on one server, in which only {@code Get-MessageTrackingLog} is ever run. */
final class LiveSession implements AutoCloseable {
    /** With a zone, so that the server's regional settings play no part. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final String server;
    private final RemoteShell shell;
    private final RowMaker maker;
    private final Optional<ZoneId> zone;
    private final Failures failures;

    LiveSession(String server, RemoteShell shell, Optional<ZoneId> zone) {
        this.server = server;
        this.shell = shell;
        this.maker = new RowMaker(server);
        this.zone = zone;
        this.failures = new Failures(server);
    }

    /**
     * Asks the server for its rows.
     *
     * @param from start of the window, UTC, inclusive
     * @param to end of the window, UTC, exclusive
     * @param cap the most rows to return
     */
    Result ask(List<Parameter> filters, Instant from, Instant to, int cap, Deadline deadline) throws Exception {
        List<Parameter> parameters = new ArrayList<>(filters);
        parameters.add(new Single("Start", "DT", TIME.format(from)));
        parameters.add(new Single("End", "DT", TIME.format(to)));
        parameters.add(new Single("ResultSize", "I32", Integer.toString(cap)));
        List<IndexRow> rows = new ArrayList<>();
        CommandResult result = shell.run(
                new Cmdlet("Get-MessageTrackingLog", parameters),
                object -> {
                    LiveRow.of(object, zone).ifPresent(row -> rows.add(maker.row(row, key(row), RowBody.of(row))));
                    return rows.size() <= cap;
                },
                deadline);
        if (!result.errors().isEmpty() || !(result.completed() || result.cutOff())) {
            throw failures.of(result.errors());
        }
        return new Result(rows, rows.size() >= cap);
    }

    /** The server gives its rows no id: the same row is the one that says the same. */
    private String key(TrackingRow row) {
        return server + '\n' + RowBody.of(row);
    }

    @Override
    public void close() {
        shell.close();
    }

    /**
     * What came back.
     *
     * @param capped whether there may be more
     */
    record Result(List<IndexRow> rows, boolean capped) {
        Result {
            rows = List.copyOf(rows);
        }
    }
}
