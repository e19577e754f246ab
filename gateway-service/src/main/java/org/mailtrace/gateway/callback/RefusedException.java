package org.mailtrace.gateway.callback;

/** An address that is not called; the message is one sentence for whoever gave it. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String sentence) {
        super(sentence);
    }
}
