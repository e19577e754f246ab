/**
 * Plays the remote PowerShell of the on-premises Exchange servers, for the one cmdlet that Mailtrace runs. Envelopes,
 * messages and faults follow public recordings of Windows servers; the tracking object itself, of which no recording is
 * public, follows the documented properties and is synthetic. It needs no framework, so that tests can run it anywhere.
 */
package org.mailtrace.standins.shell;
