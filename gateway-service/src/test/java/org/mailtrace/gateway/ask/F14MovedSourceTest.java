package org.mailtrace.gateway.ask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.FakeSources;

/**
 * A name is kept for as long as the JDK keeps it, which is 30 seconds where nobody says otherwise; this module's tests say
 * one second (pom.xml), so as not to wait.
 */
@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
@DisplayName("F14: DNS changes the address of a source")
class F14MovedSourceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    ObjectMapper json;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger atTheOldPlace = new AtomicInteger();
    private final AtomicInteger atTheNewPlace = new AtomicInteger();
    private volatile boolean oldPlaceIsSilent;

    private HttpServer oldPlace;
    private final List<HttpServer> servers = new ArrayList<>();
    private DirectSource archive;

    @BeforeEach
    void livesAtTheOldPlace() throws IOException {
        oldPlace = server(new InetSocketAddress("127.0.0.2", 0), atTheOldPlace, () -> oldPlaceIsSilent);
        int port = oldPlace.getAddress().getPort();
        MovingNames.leadsTo("127.0.0.2");
        archive = new DirectSource(
                "http://" + MovingNames.HOST + ":" + port,
                Map.of("breaker-volume", "10000", "timeout", "1s"),
                Optional.empty(),
                json);
        // The name of the test before may still be kept.
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> archive.ask().state() == SourceState.ANSWERED && atTheOldPlace.get() > 0);
    }

    @AfterEach
    void stop() {
        over.countDown();
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }

    @Test
    void isFollowedWhenTheOldPlaceIsGone() throws IOException {
        // when
        moves();
        oldPlace.stop(0);

        // then
        isFollowed();
    }

    @Test
    void isFollowedWhenTheOldPlaceTakesConnectionsAndSaysNothingAnyMore() throws IOException {
        // when
        moves();
        oldPlaceIsSilent = true;

        // then
        assertThat(archive.ask().state()).isEqualTo(SourceState.TIMED_OUT);
        isFollowed();
    }

    @Test
    void nobodyHereKeepsNamesForLongerThanTheJdkDoes() {
        assertThat(Security.getProperty("networkaddress.cache.ttl")).isNull();
        assertThat(Security.getProperty("networkaddress.cache.stale.ttl")).isIn(null, "0");
    }

    private void moves() throws IOException {
        int port = oldPlace.getAddress().getPort();
        server(new InetSocketAddress("127.0.0.3", port), atTheNewPlace, () -> false);
        MovingNames.leadsTo("127.0.0.3");
    }

    private void isFollowed() {
        Awaitility.await().atMost(PATIENCE).until(() -> archive.ask().state() == SourceState.ANSWERED);
        assertThat(atTheNewPlace).hasPositiveValue();
    }

    private HttpServer server(InetSocketAddress address, AtomicInteger answered, BooleanSupplier silent)
            throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, answered, silent));
        server.start();
        servers.add(server);
        return server;
    }

    private void answer(HttpExchange exchange, AtomicInteger answered, BooleanSupplier silent) throws IOException {
        if (silent.getAsBoolean()) {
            await();
        }
        byte[] body = FakeSources.answer("archive", "ANSWERED", "", "").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
        answered.incrementAndGet();
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
