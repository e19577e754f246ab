package org.mailtrace.gateway.report;

import org.mailtrace.gateway.ask.Caller;

/** As whom the sources are asked for a report. */
interface Credentials {
    /**
     * The gateway as a caller.
     *
     * @throws org.mailtrace.http.guard.SourceFailure if it has no token
     */
    Caller caller(String requestId);
}
