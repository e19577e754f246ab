/** Plays a tenant's message trace: its rows, its quota, and Microsoft Graph as one of the ways to ask for them. */
package org.mailtrace.standins.exo;
