/** Reads a window of time from something that cuts its answers: in slices, newest first, until none is cut. */
package org.mailtrace.proofpoint.slicing;
