package org.mailtrace.exo.history.csv;

/** One record of a report's file. */
public sealed interface HistoryRow permits SummaryRow, EventRow, BrokenRow {
    /** The line on which it begins, counted from 1; the header is on the first. */
    long line();
}
