package org.mailtrace.exo.cmdlet;

import java.io.IOException;

/** A cmdlet ran and refused what it was given; the cause of such a failure, for whoever knows the cmdlet's texts. */
public final class CmdletRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String text;

    CmdletRefusedException(String text) {
        super("a cmdlet refused its parameters");
        this.text = text;
    }

    /** What Exchange Online says; may name addresses, so it is neither logged nor shown. */
    public String text() {
        return text;
    }
}
