package org.mailtrace.standins.proofpoint;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a session of the log stream is about. */
enum StreamType {
    MESSAGE,
    MAILLOG;

    static Optional<StreamType> of(String word) {
        return Arrays.stream(values())
                .filter(type -> type.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }
}
