/** WS-Management over HTTP (MS-WSMV): envelopes, faults, the shell's life, and the ways to prove who asks. */
package org.mailtrace.onprem.live.wsman;
