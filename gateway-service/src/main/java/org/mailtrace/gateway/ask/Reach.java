package org.mailtrace.gateway.ask;

import java.time.Instant;

/**
 * How far messages are followed.
 *
 * @param messages only the newest so many
 * @param addresses only by so many addresses, in all rounds together
 * @param upTo up to when is asked; fixed, so that a later round does not ask the same again
 */
record Reach(int messages, int addresses, Instant upTo) {}
