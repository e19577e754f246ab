/** What the services tell an OpenTelemetry collector: who called whom, how long it took, how it ended; never about what. */
package org.mailtrace.http.span;
