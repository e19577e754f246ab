package org.mailtrace.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DepartureTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final AtomicInteger departures = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();

    @AfterEach
    void isClosedWithTheLastServer() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    private HttpServer server;

    @Test
    void aCallerWhoLeftBeforeAnybodyAskedIsNoticed() throws IOException {
        // given
        serves(request -> VERTX.setPeriodic(5, timer -> {
            if (request.response().closed()) {
                VERTX.cancelTimer(timer);
                Departure.of(request, departures::incrementAndGet);
                served.incrementAndGet();
            }
        }));

        // when
        asks().close();

        // then
        await().untilAsserted(() -> assertThat(served).hasValue(1));
        assertThat(departures).hasValue(1);
    }

    @Test
    void aCallerWhoLeavesLaterIsNoticedOnce() throws IOException {
        // given
        serves(request -> {
            Departure.of(request, departures::incrementAndGet);
            served.incrementAndGet();
        });

        // when
        Socket caller = asks();
        await().untilAsserted(() -> assertThat(served).hasValue(1));
        assertThat(departures).hasValue(0);
        caller.close();

        // then
        await().untilAsserted(() -> assertThat(departures).hasValue(1));
    }

    @Test
    void aCallerWhoGotTheAnswerIsNoticedOnceAlsoWhenItLeavesAfterwards() throws IOException {
        // given
        serves(request -> {
            Departure.of(request, departures::incrementAndGet);
            request.response().end("so it is");
            request.request().connection().closeHandler(closed -> served.incrementAndGet());
        });

        // when
        try (Socket caller = asks()) {
            caller.getInputStream().read();
        }

        // then
        await().untilAsserted(() -> assertThat(served).hasValue(1));
        assertThat(departures).hasValue(1);
    }

    private void serves(Consumer<RoutingContext> handler) {
        Router router = Router.router(VERTX);
        router.get("/").handler(handler::accept);
        server = VERTX.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private Socket asks() throws IOException {
        Socket caller = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        caller.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return caller;
    }
}
