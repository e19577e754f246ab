/** Owns the on-premises Exchange servers: their tracking logs and what they mean. */
package org.mailtrace.onprem;
