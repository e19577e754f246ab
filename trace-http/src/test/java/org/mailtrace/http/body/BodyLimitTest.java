package org.mailtrace.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class BodyLimitTest {
    private static final int LIMIT = 64 * 1024;
    private static final int FIVE_MEGABYTES = 5_000_000;

    @TestHTTPResource
    URI base;

    private RawCaller caller;

    @BeforeEach
    void comes() throws IOException {
        caller = new RawCaller(base.getPort());
    }

    @AfterEach
    void leaves() throws IOException {
        caller.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT + 1, 200_000, FIVE_MEGABYTES})
    void whoWritesAllOfABodyThatIsTooLongCanStillReadWhy(int length) throws IOException {
        // when
        caller.head("POST /desk/taken HTTP/1.1", "X-Request-Id: q-1", "Content-Length: " + length);
        caller.json(length);

        // then
        assertRefused(caller.answer());
        assertThat(caller.isCutOff()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT, 200_000, FIVE_MEGABYTES})
    void soCanWhoDoesNotSayHowLongItIs(int length) throws IOException {
        // when
        caller.head("POST /desk/taken HTTP/1.1", "X-Request-Id: q-1", "Transfer-Encoding: chunked");
        caller.chunkedJson(length);

        // then
        assertRefused(caller.answer());

        // when
        caller.head("GET /desk HTTP/1.1");

        // then
        assertThat(caller.answer()).startsWith("HTTP/1.1 200");
    }

    @Test
    void takesWhatIsJustShortEnough() throws IOException {
        // when
        caller.head("POST /desk/taken HTTP/1.1", "Content-Length: " + LIMIT);
        caller.json(LIMIT);
        String whole = caller.answer();
        caller.head("POST /desk/taken HTTP/1.1", "Transfer-Encoding: chunked");
        caller.chunkedJson(60_000);
        String inPieces = caller.answer();

        // then
        assertThat(whole).startsWith("HTTP/1.1 200").contains("taken " + (LIMIT - 11));
        assertThat(inPieces).startsWith("HTTP/1.1 200").contains("taken 60000");
    }

    @Test
    void whoAsksFirstWhetherToSendItIsToldNoAndNothingElse() throws IOException {
        // when
        caller.head("POST /desk/taken HTTP/1.1", "X-Request-Id: q-1", "Content-Length: 200000", "Expect: 100-continue");

        // then
        assertRefused(caller.answer());
    }

    @Test
    void whoTricklesIsCutOff() throws Exception {
        // given
        caller.head("POST /desk/taken HTTP/1.1", "X-Request-Id: q-1", "Content-Length: 200000");
        assertRefused(caller.answer());

        // when
        Thread trickle = Thread.ofVirtual().start(this::trickle);

        // then
        assertThat(caller.isCutOff()).isTrue();
        trickle.interrupt();
        trickle.join();
    }

    private void trickle() {
        try {
            while (true) {
                caller.write("x");
                Thread.sleep(1_000);
            }
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoNeverStopsIsCutOff() throws IOException {
        // given
        caller.head("POST /desk/taken HTTP/1.1", "Content-Length: 1000000000");

        // then
        assertThatIOException().isThrownBy(() -> caller.json(1_000_000_000 / 2));
    }

    @Test
    void aBodyThatNobodyReadDoesNotHoldUpTheNextRequest() throws IOException {
        // when
        caller.head("POST /desk/refused HTTP/1.1", "Transfer-Encoding: chunked");
        caller.chunkedJson(FIVE_MEGABYTES);
        String refused = caller.answer();
        caller.head("GET /desk HTTP/1.1");

        // then
        assertThat(refused).startsWith("HTTP/1.1 403");
        assertThat(caller.answer()).startsWith("HTTP/1.1 200");
    }

    private static void assertRefused(String answer) {
        assertThat(answer)
                .startsWith("HTTP/1.1 413")
                .containsIgnoringCase("content-type: application/problem+json")
                .containsIgnoringCase("x-request-id: q-1")
                .contains("\"type\":\"https://mailtrace.example/problems/too-large\"")
                .contains("64 KB")
                .contains("\"instance\":\"urn:mailtrace:request:q-1\"")
                .contains("\"faults\":[]");
    }
}
