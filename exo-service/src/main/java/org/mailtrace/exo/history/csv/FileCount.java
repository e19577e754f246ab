package org.mailtrace.exo.history.csv;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What has been read of a file so far. */
public final class FileCount {
    private static final int NAMED = 20;

    private final FileKind kind;
    private final RowLimits limits;
    private final List<Long> brokenLines = new ArrayList<>();
    private final Set<String> messages = new HashSet<>();
    private long rows;
    private long broken;

    FileCount(FileKind kind, RowLimits limits) {
        this.kind = kind;
        this.limits = limits;
    }

    void add(HistoryRow row) {
        switch (row) {
            case SummaryRow summary -> count(summary.traceId());
            case EventRow event -> count(event.traceId());
            case BrokenRow torn -> {
                broken++;
                if (brokenLines.size() < NAMED) {
                    brokenLines.add(torn.line());
                }
            }
        }
    }

    private void count(String traceId) {
        rows++;
        if (messages.size() < results()) {
            messages.add(traceId);
        }
    }

    private int results() {
        return kind == FileKind.SUMMARY ? limits.summaryResults() : limits.extendedResults();
    }

    /** How many rows were read and understood. */
    public long rows() {
        return rows;
    }

    /** How many records could not be understood. */
    public long broken() {
        return broken;
    }

    /** The lines on which the first of them begin. */
    public List<Long> brokenLines() {
        return List.copyOf(brokenLines);
    }

    /** Whether the file is so long that Microsoft may have cut it off. */
    public boolean mayBeCutOff() {
        return rows + broken >= limits.lines() || messages.size() >= results();
    }
}
