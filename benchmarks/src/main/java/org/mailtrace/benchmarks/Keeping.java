package org.mailtrace.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Where the service of a {@link LongRun} keeps what outlives it, and how much that is. */
interface Keeping {
    /** What the service is told of it. */
    Map<String, String> settings();

    /** What may not grow. */
    List<Growth.Amount> amounts() throws IOException;

    /** What else is to be told at the end. */
    default String end() {
        return "";
    }
}
