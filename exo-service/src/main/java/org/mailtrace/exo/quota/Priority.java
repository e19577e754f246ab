package org.mailtrace.exo.quota;

/** Who spends from the quota first. */
public enum Priority {
    /** Somebody waits for the answer: the whole quota is theirs. */
    QUESTION,
    /** Nobody waits: a part of the quota is left for questions. */
    REPORT
}
