package org.mailtrace.standins.exo;

/** A request that Graph refuses, with the texts it is known to refuse it with. */
final class GraphErrorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    private GraphErrorException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static GraphErrorException badRequest(String message) {
        return new GraphErrorException(400, "BadRequest", message);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
