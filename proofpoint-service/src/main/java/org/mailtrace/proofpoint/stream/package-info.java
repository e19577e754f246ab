/** The log stream as a connection: live sessions, the hourly archive, one consumer, and what is proven to have come. */
package org.mailtrace.proofpoint.stream;
