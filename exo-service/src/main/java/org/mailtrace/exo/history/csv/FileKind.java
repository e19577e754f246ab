package org.mailtrace.exo.history.csv;

/**
 * The two reports that say what became of messages. Their columns are described in "Message trace in the modern Exchange
 * admin center" on learn.microsoft.com.
 */
public enum FileKind {
    /** Report type MessageTrace, "enhanced summary": one row per message, what became of each recipient without times. */
    SUMMARY,
    /** Report type MessageTraceDetail, "extended": one row per event of the transport's tracking log. */
    EXTENDED
}
