package org.mailtrace.http.body;

import org.mailtrace.http.problem.ProblemException;
import org.mailtrace.http.problem.ProblemKind;

/** The refusal of a body that is longer than it may be. */
final class TooLarge {
    private static final long KILO = 1 << 10;
    private static final long MEGA = 1 << 20;

    private TooLarge() {}

    static ProblemException beyond(long limit) {
        return new ProblemException(
                ProblemKind.TOO_LARGE, "The body may have " + words(limit) + " at the most; send a shorter one.");
    }

    private static String words(long bytes) {
        if (bytes % MEGA == 0) {
            return bytes / MEGA + " MB";
        }
        return bytes % KILO == 0 ? bytes / KILO + " KB" : bytes + " bytes";
    }
}
