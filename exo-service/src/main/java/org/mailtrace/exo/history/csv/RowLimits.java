package org.mailtrace.exo.history.csv;

/**
 * Where Microsoft cuts a report off without saying so in it ("Start-HistoricalSearch" and "Message trace in the modern
 * Exchange admin center" on learn.microsoft.com). A file that reaches one of them may be cut off.
 *
 * @param lines rows of any file
 * @param summaryResults messages of a summary
 * @param extendedResults messages of an extended report
 */
public record RowLimits(int lines, int summaryResults, int extendedResults) {
    /** As documented. */
    public static final RowLimits DOCUMENTED = new RowLimits(100_000, 50_000, 1_000);
}
