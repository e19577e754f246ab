/** Writes the message tracking logs of the on-premises Exchange servers, as files that grow. */
package org.mailtrace.standins.onprem;
