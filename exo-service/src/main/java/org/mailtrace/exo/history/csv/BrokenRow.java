package org.mailtrace.exo.history.csv;

/**
 * A record that cannot be read, so that a message may be missing.
 *
 * @param why a sentence that quotes nothing of it
 */
public record BrokenRow(long line, String why) implements HistoryRow {}
