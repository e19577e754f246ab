package org.mailtrace.gateway.callback;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One attempt to call back.
 *
 * @param at when it was made, UTC
 * @param httpStatus what was answered, if anything was
 * @param result one sentence
 */
@RegisterForReflection
@Schema(description = "One attempt to call back.")
public record Attempt(Instant at, Optional<Integer> httpStatus, String result) {}
