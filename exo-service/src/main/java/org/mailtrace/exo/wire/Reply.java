package org.mailtrace.exo.wire;

import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * What came back.
 *
 * @param status the HTTP status
 * @param body the whole body, at most as long as configured
 */
public record Reply(int status, HttpHeaders headers, String body) {
    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The vendor's id of the exchange, for a support case; {@code -} if there is none that looks like one. */
    public String requestId() {
        return header("request-id").filter(Reply::isPlain).orElse("-");
    }

    private static boolean isPlain(String id) {
        return id.length() <= 64 && id.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-'));
    }

    /** Never the body: it holds addresses and tokens. */
    @Override
    public String toString() {
        return "Reply[status=" + status + ", length=" + body.length() + "]";
    }
}
