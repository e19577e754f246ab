/** Time-out, retry, circuit breaker and bulkhead in front of everything that is called. */
package org.mailtrace.http.guard;
