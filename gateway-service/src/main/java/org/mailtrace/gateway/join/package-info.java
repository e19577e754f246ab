/** Which observations of different sources are one message, and who handed it to whom. */
package org.mailtrace.gateway.join;
