package org.mailtrace.onprem.live;

import java.time.Instant;

/**
 * For what one server is asked.
 *
 * @param server the server
 * @param from start of the window, UTC, inclusive: before that its files have told everything
 * @param followFrom from when on the other rows of a message are looked for, UTC
 */
public record LiveTarget(String server, Instant from, Instant followFrom) {}
