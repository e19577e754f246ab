package org.mailtrace.gateway.ask;

import io.vertx.core.http.HttpClientRequest;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.MediaType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jboss.resteasy.reactive.client.impl.ClientRequestContextImpl;

/**
 * What comes back from a source's service: JSON, or it was written by somebody else, such as a proxy or a sign-in page.
 * Whoever closes an answer before its end breaks the connection off; the client would read on, and some answers have no
 * end.
 */
final class SourceReply implements ClientResponseFilter {
    private static final int OK = 200;
    private static final int REFUSED = 400;

    /** So much of a refusal that nobody reads is read all the same: the connection is of use afterwards. */
    private static final int LITTLE = 16_384;

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
        if (response.getStatus() == OK && !isJson(response.getMediaType())) {
            sent(request).reset();
            throw new ProcessingException("the answer is no JSON");
        }
        if (response.getEntityStream() != null) {
            boolean refusal = response.getStatus() >= REFUSED;
            response.setEntityStream(new Body(response.getEntityStream(), sent(request), refusal ? LITTLE : 0));
        }
    }

    private static HttpClientRequest sent(ClientRequestContext request) {
        return ((ClientRequestContextImpl) request)
                .getRestClientRequestContext()
                .getHttpClientRequest();
    }

    private static boolean isJson(MediaType type) {
        return type != null
                && type.getType().equalsIgnoreCase("application")
                && type.getSubtype().equalsIgnoreCase("json");
    }

    /** Knows whether it was read to its end. */
    private static final class Body extends FilterInputStream {
        private final HttpClientRequest request;
        private final int stillRead;
        private boolean ended;

        Body(InputStream body, HttpClientRequest request, int stillRead) {
            super(body);
            this.request = request;
            this.stillRead = stillRead;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            ended |= next < 0;
            return next;
        }

        @Override
        public int read(byte[] buffer, int at, int length) throws IOException {
            int read = super.read(buffer, at, length);
            ended |= read < 0;
            return read;
        }

        @Override
        public void close() throws IOException {
            // Even to read nothing waits for something to read.
            if (!ended && stillRead > 0) {
                readOn();
            }
            if (!ended) {
                request.reset();
            }
            super.close();
        }

        private void readOn() {
            try {
                readNBytes(stillRead);
            } catch (IOException | RuntimeException e) {
                // It is broken off then.
            }
        }
    }
}
