package org.mailtrace.onprem.live.wsman;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A user's name and password with every request; only ever made for https, or for this machine itself. */
public final class BasicChannel implements WsmanChannel {
    static final String SOAP = "application/soap+xml;charset=UTF-8";
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final Http http;
    private final String authorization;

    /**
     * @param maxBody how many bytes an answer may have
     * @param trust which certificates are believed, where they are not those that Java itself believes
     */
    public BasicChannel(URI url, String user, String password, int maxBody, Optional<SSLContext> trust) {
        this.http = new Http(url, maxBody, trust);
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public HttpReply send(String envelope, Duration atMost) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.post(
                Map.of("Authorization", authorization, "Content-Type", SOAP),
                envelope.getBytes(StandardCharsets.UTF_8),
                atMost);
        return reply(response.statusCode(), response.body());
    }

    /** What both ways of proving who asks have in common. */
    static HttpReply reply(int status, byte[] body) {
        if (status == UNAUTHORIZED) {
            throw new RefusedException(RefusedException.Reason.NOT_AUTHENTICATED);
        }
        if (status == FORBIDDEN) {
            throw new RefusedException(RefusedException.Reason.NOT_ALLOWED);
        }
        return new HttpReply(status, new String(body, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        http.close();
    }
}
