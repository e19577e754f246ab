/** The clock that every service reads, so that a test can set it. */
package org.mailtrace.http.time;
