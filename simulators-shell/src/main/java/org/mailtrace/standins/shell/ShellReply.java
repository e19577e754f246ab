package org.mailtrace.standins.shell;

import java.util.Map;

/**
 * What the server answers over HTTP.
 *
 * @param headers header lines besides the length
 */
public record ShellReply(int status, Map<String, String> headers, String body) {
    public ShellReply {
        headers = Map.copyOf(headers);
    }
}
