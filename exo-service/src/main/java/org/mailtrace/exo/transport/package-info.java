/** Chooses the interface that carries message traces. */
package org.mailtrace.exo.transport;
