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

    /** Never the body: it holds addresses and tokens. */
    @Override
    public String toString() {
        return "Reply[status=" + status + ", length=" + body.length() + "]";
    }
}
