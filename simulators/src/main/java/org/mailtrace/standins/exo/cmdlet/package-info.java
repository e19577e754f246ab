/**
 * Plays Exchange's admin API, which Microsoft's own PowerShell module uses and nobody documents: cmdlets as JSON, with
 * errors and warnings as captures in public show them.
 */
package org.mailtrace.standins.exo.cmdlet;
