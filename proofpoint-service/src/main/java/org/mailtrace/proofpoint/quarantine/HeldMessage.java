package org.mailtrace.proofpoint.quarantine;

import java.time.Instant;
import java.util.Optional;

/**
 * A message that the filter held for one recipient.
 *
 * @param at when, UTC
 * @param folder where the filter put it
 */
public record HeldMessage(String guid, String recipient, Instant at, Optional<String> folder) {}
