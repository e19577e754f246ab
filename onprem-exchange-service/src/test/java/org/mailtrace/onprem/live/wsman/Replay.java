package org.mailtrace.onprem.live.wsman;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Plays the server of a recording: keeps what it is sent, answers what was recorded. */
final class Replay implements WsmanChannel {
    private final Recording recording;
    private final List<String> sent = new ArrayList<>();
    private boolean closed;

    Replay(Recording recording) {
        this.recording = recording;
    }

    @Override
    public HttpReply send(String envelope, Duration atMost) {
        String response = recording.responses().get(sent.size());
        sent.add(envelope);
        return new HttpReply(response.contains("<s:Fault>") ? 500 : 200, response);
    }

    @Override
    public void close() {
        closed = true;
    }

    List<String> sent() {
        return sent;
    }

    boolean isClosed() {
        return closed;
    }
}
