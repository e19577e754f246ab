package org.mailtrace.gateway.callback;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How a call-back stands.
 *
 * @param state what has become of it
 * @param attempts oldest first
 * @param nextAttemptAt when it is tried again
 */
@Schema(description = "How the call-back stands, with every attempt.")
public record CallbackView(CallbackState state, List<Attempt> attempts, Optional<Instant> nextAttemptAt) {
    public CallbackView {
        attempts = List.copyOf(attempts);
    }
}
