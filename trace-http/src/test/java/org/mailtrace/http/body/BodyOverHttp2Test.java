package org.mailtrace.http.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over HTTP/2 without TLS, by a caller that knows that it is spoken; each test has one connection. */
@QuarkusTest
class BodyOverHttp2Test {
    private static final int LIMIT = 64 * 1024;
    private static final int FIVE_MEGABYTES = 5_000_000;
    private static final String FRAME = "{\"text\":\"\"}";

    @TestHTTPResource
    URI base;

    @Inject
    Vertx vertx;

    private HttpClient client;

    @BeforeEach
    void comes() {
        client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setDefaultPort(base.getPort())
                .setHttp2MaxPoolSize(1));
    }

    @AfterEach
    void leaves() throws Exception {
        client.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }

    private record Answer(int status, HttpVersion version, String type, String requestId, String body) {}

    @ParameterizedTest
    @CsvSource({"65537, true", "200000, true", "5000000, true", "65537, false", "200000, false", "5000000, false"})
    void whoWritesABodyThatIsTooLongCanReadWhyAndGoOn(int length, boolean saysHowLong) throws Exception {
        // when
        Answer refused = post("/desk/taken", length, saysHowLong);

        // then
        assertThat(refused.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.type()).isEqualTo("application/problem+json");
        assertThat(refused.requestId()).isEqualTo("q-1");
        assertThat(refused.body()).contains("too-large", "64 KB", "urn:mailtrace:request:q-1");

        // then: what was not read takes no room on the connection
        assertThat(post("/desk/taken", LIMIT, saysHowLong).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takesWhatIsJustShortEnough(boolean saysHowLong) throws Exception {
        Answer taken = post("/desk/taken", LIMIT, saysHowLong);

        assertThat(taken.status()).as(taken.body()).isEqualTo(200);
        assertThat(taken.body()).isEqualTo("taken " + (LIMIT - FRAME.length()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBodyThatNobodyReadDoesNotHoldUpTheNextRequest(boolean saysHowLong) throws Exception {
        // when
        Answer refused = post("/desk/refused", saysHowLong ? LIMIT : FIVE_MEGABYTES, saysHowLong);

        // then
        assertThat(refused.status()).isEqualTo(403);
        assertThat(post("/desk/taken", LIMIT, saysHowLong).status()).isEqualTo(200);
    }

    @Test
    void aRequestWithoutABodyIsAnsweredAsUsual() throws Exception {
        // when
        Answer got = call(HttpMethod.GET, "/desk");
        Answer head = call(HttpMethod.HEAD, "/desk");

        // then
        assertThat(got.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(got.body()).isEqualTo("open");
        assertThat(call(HttpMethod.GET, "/desk/counted").body()).isEqualTo("false");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(call(HttpMethod.POST, "/desk/refused").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"200000, true", "5000000, true", "200000, false", "5000000, false"})
    void whoOnlyOffersHttp2CanReadWhyAsWell(int length, boolean saysHowLong) throws Exception {
        // given
        byte[] body = json(length);
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/desk/taken"))
                .header("Content-Type", "application/json")
                .POST(
                        saysHowLong
                                ? HttpRequest.BodyPublishers.ofByteArray(body)
                                : HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();

        // when: the first one changes the protocol, if the server likes to, and the second one goes by the new one
        try (java.net.http.HttpClient jdk = java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_2)
                .build()) {
            HttpResponse<String> first = jdk.send(request, HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> open = jdk.send(
                    HttpRequest.newBuilder(base.resolve("/desk")).build(), HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> second = jdk.send(request, HttpResponse.BodyHandlers.ofString());

            // then
            assertThat(first.statusCode()).isEqualTo(413);
            assertThat(first.body()).contains("too-large", "64 KB");
            assertThat(open.body()).isEqualTo("open");
            assertThat(second.version()).isEqualTo(java.net.http.HttpClient.Version.HTTP_2);
            assertThat(second.statusCode()).isEqualTo(413);
            assertThat(second.body()).contains("too-large", "64 KB");
        }
    }

    private static byte[] json(int length) {
        return ("{\"text\":\"" + "x".repeat(length - FRAME.length()) + "\"}").getBytes(StandardCharsets.US_ASCII);
    }

    private Answer call(HttpMethod method, String path) throws Exception {
        return answerTo(request(method, path), HttpClientRequest::end);
    }

    private Answer post(String path, int length, boolean saysHowLong) throws Exception {
        HttpClientRequest request = request(HttpMethod.POST, path);
        request.putHeader("Content-Type", "application/json").putHeader("X-Request-Id", "q-1");
        if (saysHowLong) {
            request.putHeader("Content-Length", String.valueOf(length));
        } else {
            request.setChunked(true);
        }
        Buffer body = Buffer.buffer(json(length));
        return answerTo(request, one -> {
            one.write(body.slice(0, length / 2));
            one.end(body.slice(length / 2, length));
        });
    }

    private HttpClientRequest request(HttpMethod method, String path) throws Exception {
        return client.request(method, path)
                .toCompletionStage()
                .toCompletableFuture()
                .get(1, TimeUnit.MINUTES);
    }

    private interface Writing {
        void to(HttpClientRequest request);
    }

    /** Writes all it has; an answer may come before that. */
    private static Answer answerTo(HttpClientRequest request, Writing writing) throws Exception {
        CompletableFuture<Answer> answer = request.response()
                .flatMap(response -> response.body().map(body -> of(response, body)))
                .toCompletionStage()
                .toCompletableFuture();
        // A server may end a stream that it does not want to read further.
        request.exceptionHandler(ended -> {});
        writing.to(request);
        return answer.get(1, TimeUnit.MINUTES);
    }

    private static Answer of(HttpClientResponse response, Buffer body) {
        return new Answer(
                response.statusCode(),
                response.version(),
                response.getHeader("Content-Type"),
                response.getHeader("X-Request-Id"),
                body.toString());
    }
}
