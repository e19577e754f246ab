/** Every error a caller can meet, as a problem document (RFC 9457) with a sentence that says what to do. */
package org.mailtrace.http.problem;
