package org.mailtrace.gateway.audit;

import java.io.IOException;

/** Somebody else has a file of records and does not let go of it, so that it is not known how far it is whole. */
final class AuditHeldException extends IOException {
    private static final long serialVersionUID = 1;

    private final String file;

    AuditHeldException(String file) {
        super("an audit file is held by another process");
        this.file = file;
    }

    /** The file's name, without its folder. */
    String file() {
        return file;
    }
}
