package org.mailtrace.exo.history.csv;

/** A stretch of the file between two places where a record may begin. */
sealed interface Frame {
    /** The line on which it begins, counted from 1. */
    long line();

    /** One record as it stands in the file, without the line break after it. */
    record Whole(long line, String text) implements Frame {}

    /** Something that is no record: a quote that is not closed or not followed by a comma, or endless text. */
    record Torn(long line) implements Frame {}
}
