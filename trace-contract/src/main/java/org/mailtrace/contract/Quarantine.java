package org.mailtrace.contract;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a message is held.
 *
 * @param folder the vendor's folder
 * @param rule the vendor's rule that put it there
 * @param state whether it is still there
 * @param releaseUrl where the recipient can release it, if the recipient may
 */
public record Quarantine(
        Optional<String> folder, Optional<String> rule, QuarantineState state, Optional<String> releaseUrl) {
    public Quarantine {
        folder = Absent.toEmpty(folder);
        rule = Absent.toEmpty(rule);
        Objects.requireNonNull(state, "state");
        releaseUrl = Absent.toEmpty(releaseUrl);
    }
}
