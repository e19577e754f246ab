package org.mailtrace.standins.exo.identity;

/** An access token that the asked interface does not accept. */
public final class TokenRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TokenRefusedException(String message) {
        super(message);
    }
}
