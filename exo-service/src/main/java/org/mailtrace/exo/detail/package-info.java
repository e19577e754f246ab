/** Reads the events that Exchange Online keeps for one recipient of one message. */
package org.mailtrace.exo.detail;
