/** Tracking-log files as bytes, records and fields. No I/O and no framework; field names, never positions. */
package org.mailtrace.onprem.record;
