package org.mailtrace.index;

import java.time.Instant;

/**
 * A row as it comes back.
 *
 * @param at when, UTC
 * @param part the server, folder or log that it comes from
 * @param noise whether the row is housekeeping
 * @param body the whole row as the source stored it
 */
public record StoredRow(Instant at, String part, boolean noise, String body) {}
