/** The same answer in other shapes: a table, a stream of events, a note for a ticket. */
package org.mailtrace.gateway.format;
