package org.mailtrace.onprem.live.wsman;

import java.io.IOException;
import java.time.Duration;

/** The way to one server, as one user, for one session. */
public interface WsmanChannel extends AutoCloseable {
    /**
     * Sends an envelope.
     *
     * @param atMost how long the answer may take
     * @throws IOException if there is no answer
     * @throws RefusedException if the server refuses who asks
     * @throws InterruptedException if the waiting thread is interrupted
     */
    HttpReply send(String envelope, Duration atMost) throws IOException, InterruptedException;

    @Override
    void close();

    /**
     * What came back.
     *
     * @param status the HTTP status
     * @param body the body, bounded
     */
    record HttpReply(int status, String body) {}
}
