package org.mailtrace.onprem.live.wsman;

import java.io.IOException;

/** A server did not answer in time. */
public final class SlowAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    SlowAnswerException() {
        super("no answer in time");
    }
}
