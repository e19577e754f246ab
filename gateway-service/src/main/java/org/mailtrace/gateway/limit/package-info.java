/** Keeps one caller, or all of them together, from spending what the others need. */
package org.mailtrace.gateway.limit;
