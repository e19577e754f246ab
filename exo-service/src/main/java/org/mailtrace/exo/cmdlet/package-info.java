/** Speaks Exchange Online's cmdlets over InvokeCommand: message traces for clouds without Graph's, and other commands. */
package org.mailtrace.exo.cmdlet;
