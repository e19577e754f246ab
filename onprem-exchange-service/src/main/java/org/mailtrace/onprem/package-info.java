/** Owns the on-premises Exchange servers: their tracking logs and what they mean. This room holds the settings. */
package org.mailtrace.onprem;
