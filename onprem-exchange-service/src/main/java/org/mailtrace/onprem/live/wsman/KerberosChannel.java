package org.mailtrace.onprem.live.wsman;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;

/**
 * Kerberos by SPNEGO. Over https each request carries a fresh token; over http a context is agreed on first and encrypts
 * every envelope after that, on the same connection.
 */
public final class KerberosChannel implements WsmanChannel {
    private static final int UNAUTHORIZED = 401;

    private final Http http;
    private final KerberosLogin login;
    private final boolean sealed;
    private Optional<GSSContext> agreed = Optional.empty();

    /**
     * @param maxBody how many bytes an answer may have
     * @param trust which certificates are believed, where they are not those that Java itself believes
     */
    public KerberosChannel(URI url, KerberosLogin login, int maxBody, Optional<SSLContext> trust) {
        this.http = new Http(url, maxBody, trust);
        this.login = login;
        this.sealed = !"https".equalsIgnoreCase(url.getScheme());
    }

    @Override
    public HttpReply send(String envelope, Duration atMost) throws IOException, InterruptedException {
        byte[] plain = envelope.getBytes(StandardCharsets.UTF_8);
        return sealed ? sendSealed(plain, atMost) : sendWithToken(plain, atMost);
    }

    private HttpReply sendWithToken(byte[] plain, Duration atMost) throws IOException, InterruptedException {
        GSSContext context = login.context(http.url().getHost());
        try {
            byte[] token = login.token(context, new byte[0]);
            HttpResponse<byte[]> response = http.post(
                    Map.of("Authorization", negotiate(token), "Content-Type", BasicChannel.SOAP), plain, atMost);
            if (response.statusCode() != UNAUTHORIZED) {
                confirm(context, response);
            }
            return BasicChannel.reply(response.statusCode(), response.body());
        } finally {
            dispose(context);
        }
    }

    private HttpReply sendSealed(byte[] plain, Duration atMost) throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(atMost);
        if (agreed.isEmpty()) {
            agreed = Optional.of(agree(deadline));
        }
        HttpResponse<byte[]> response = http.post(
                Map.of("Content-Type", SealedPayload.CONTENT_TYPE),
                SealedPayload.sealed(agreed.get(), plain),
                deadline.left());
        boolean encrypted = response.headers()
                .firstValue("Content-Type")
                .map(type -> type.toLowerCase(Locale.ROOT).startsWith("multipart/encrypted"))
                .orElse(false);
        if (!encrypted && response.statusCode() / 100 == 2) {
            throw new IOException("The server answered without encryption.");
        }
        byte[] body = encrypted ? SealedPayload.opened(agreed.get(), response.body()) : response.body();
        return BasicChannel.reply(response.statusCode(), body);
    }

    private GSSContext agree(Deadline deadline) throws IOException, InterruptedException {
        GSSContext context = login.context(http.url().getHost());
        boolean established = false;
        try {
            byte[] token = login.token(context, new byte[0]);
            HttpResponse<byte[]> response = http.post(
                    Map.of("Authorization", negotiate(token), "Content-Type", BasicChannel.SOAP),
                    new byte[0],
                    deadline.left());
            if (response.statusCode() == UNAUTHORIZED) {
                throw new RefusedException(RefusedException.Reason.NOT_AUTHENTICATED);
            }
            confirm(context, response);
            established = context.isEstablished() && context.getConfState();
            if (!established) {
                throw new IOException("The server agrees on no encryption.");
            }
            return context;
        } finally {
            if (!established) {
                dispose(context);
            }
        }
    }

    /** The server proves itself too. */
    private void confirm(GSSContext context, HttpResponse<byte[]> response) {
        response.headers().allValues("WWW-Authenticate").stream()
                .filter(value -> value.regionMatches(true, 0, "Negotiate ", 0, 10))
                .findFirst()
                .ifPresent(value -> {
                    if (!context.isEstablished()) {
                        login.token(context, Base64.getMimeDecoder().decode(value.substring(10)));
                    }
                });
    }

    private static String negotiate(byte[] token) {
        return "Negotiate " + Base64.getEncoder().encodeToString(token);
    }

    private static void dispose(GSSContext context) {
        try {
            context.dispose();
        } catch (GSSException e) {
            // It held nothing any more.
        }
    }

    @Override
    public void close() {
        agreed.ifPresent(KerberosChannel::dispose);
        http.close();
    }
}
