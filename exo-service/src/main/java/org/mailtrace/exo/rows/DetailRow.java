package org.mailtrace.exo.rows;

import java.time.Instant;

/**
 * One event as Exchange Online gives it (Graph's {@code exchangeMessageTraceDetail}, a row of the cmdlet
 * Get-MessageTraceDetailV2). The id it carries is the trace's, so an event
 * has no key of its own.
 *
 * @param at UTC, whole seconds; events of one second come in any order
 * @param event the vendor's word, an open set
 * @param data XML
 */
public record DetailRow(Instant at, String event, String action, String description, String data) {}
