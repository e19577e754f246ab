package org.mailtrace.gateway.callback;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.stream.Stream;

/** What was tried; stored as the progress of the job. */
@RegisterForReflection
record Memory(CallbackState state, List<Attempt> attempts) {
    Memory {
        attempts = List.copyOf(attempts);
    }

    static Memory empty() {
        return new Memory(CallbackState.PENDING, List.of());
    }

    Memory after(Attempt attempt, CallbackState now) {
        return new Memory(
                now, Stream.concat(attempts.stream(), Stream.of(attempt)).toList());
    }

    Memory given(CallbackState now) {
        return new Memory(now, attempts);
    }
}
