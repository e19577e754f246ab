package org.mailtrace.gateway.callback;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;

/** Makes one call. */
interface Caller {
    /**
     * Posts.
     *
     * @param address the very address to connect to
     * @param within how long it may take
     * @throws IOException if there is no answer in time; the message is one sentence
     */
    Reply post(Target target, InetAddress address, Map<String, String> headers, String body, Duration within)
            throws IOException;
}
