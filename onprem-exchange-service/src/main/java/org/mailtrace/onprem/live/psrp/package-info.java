/** The PowerShell Remoting Protocol (MS-PSRP): messages, their fragments, and one cmdlet with typed parameters. */
package org.mailtrace.onprem.live.psrp;
