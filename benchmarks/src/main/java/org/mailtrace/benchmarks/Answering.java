package org.mailtrace.benchmarks;

/** A source that a gateway can be put in front of. */
interface Answering {
    /** As the gateway's settings name it. */
    String name();

    /** Where it answers, on loopback. */
    int port();
}
