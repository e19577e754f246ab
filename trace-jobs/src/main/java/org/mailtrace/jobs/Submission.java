package org.mailtrace.jobs;

/** What became of a submitted job. */
public sealed interface Submission {
    /** The job it led to. */
    Job job();

    /** It is new. */
    record Accepted(Job job) implements Submission {}

    /** The same request came before under the same key; this is the job of that time. */
    record Repeated(Job job) implements Submission {}

    /** Another request came before under the same key; nothing was submitted. */
    record Conflicting(Job job) implements Submission {}
}
