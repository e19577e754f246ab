package org.mailtrace.onprem.follow;

import java.io.IOException;

/** Nobody could sign in to a share. */
final class ShareRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Why why;

    ShareRefusedException(Why why) {
        super("could not sign in to the share");
        this.why = why;
    }

    Why why() {
        return why;
    }

    /** What was wrong. */
    enum Why {
        /** There is no password to sign in with. */
        PASSWORD_FILE,
        /** The file server does not accept the user with this password, or makes a guest of it. */
        LOGON
    }
}
