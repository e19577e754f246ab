package org.mailtrace.gateway.audit;

import java.io.IOException;

/** The audit file, or the share that it stands on, does not answer; it is not known when it will. */
final class AuditHangsException extends IOException {
    private static final long serialVersionUID = 1;

    AuditHangsException() {
        super("the audit file hangs");
    }
}
