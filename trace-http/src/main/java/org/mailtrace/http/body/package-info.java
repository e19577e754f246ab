/** How much a caller may send, and what becomes of what is sent beyond that. */
package org.mailtrace.http.body;
