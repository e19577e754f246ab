/** The XML in which PowerShell sends objects (MS-PSRP, section 2.2.5): read within bounds, written as Windows expects it. */
package org.mailtrace.onprem.live.clixml;
