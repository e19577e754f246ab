/** Plays Entra's token endpoint and Microsoft Graph's message trace, with the habits that their clients must know. */
package org.mailtrace.standins.exo;
