/** Plays Entra's token endpoint for an application: by secret or by certificate, with the refusals that operators look up. */
package org.mailtrace.standins.exo.identity;
