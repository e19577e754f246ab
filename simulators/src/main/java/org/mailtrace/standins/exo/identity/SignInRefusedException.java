package org.mailtrace.standins.exo.identity;

/** A sign-in that Entra refuses, with the number that operators look up. */
final class SignInRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;
    private final int number;

    SignInRefusedException(int status, String error, int number, String text) {
        super("AADSTS" + number + ": " + text);
        this.status = status;
        this.error = error;
        this.number = number;
    }

    static SignInRefusedException ofClient(int number, String text) {
        return new SignInRefusedException(401, "invalid_client", number, text);
    }

    int status() {
        return status;
    }

    String error() {
        return error;
    }

    int number() {
        return number;
    }
}
