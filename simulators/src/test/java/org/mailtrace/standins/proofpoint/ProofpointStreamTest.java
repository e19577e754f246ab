package org.mailtrace.standins.proofpoint;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ProofpointStreamTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "demo-only-stream-a";
    private static final int MIB = 1 << 20;

    @TestHTTPResource("/proofpoint/v1/stream")
    URI url;

    @Inject
    FilteredMessages messages;

    private final List<Client> clients = new CopyOnWriteArrayList<>();

    @AfterEach
    void leave() {
        given().delete("/faults").then().statusCode(204);
        clients.forEach(client -> client.socket.abort());
        // Sessions of clients that are gone linger: the next test shall find every seat free.
        for (String type : List.of("message", "maillog")) {
            await().atMost(Duration.ofMinutes(1)).until(() -> seatIsFree(type));
        }
    }

    @Test
    void refusesAWrongTokenClusterTypeAndTime() {
        assertThat(refusal("wrong", "cid=demo_hosted&type=message")).isEqualTo(401);
        assertThat(refusal(TOKEN, "cid=another&type=message")).isEqualTo(404);
        assertThat(refusal(TOKEN, "cid=demo_hosted&type=audio")).isEqualTo(400);
        assertThat(refusal(TOKEN, archive("message", 31, 30))).isEqualTo(400);
    }

    @Test
    void letsOneSessionPerTokenAndTypeIn() {
        // given
        connect(TOKEN, live("message"));

        // then
        assertThat(refusal(TOKEN, live("message"))).isEqualTo(409);
        assertThat(refusal(TOKEN, archive("message", 2, 1))).isEqualTo(409);
        assertThat(refusalBody(TOKEN, live("message"))).isEqualTo("Exceeded maximum number of sessions per token\r\n");
        connect(TOKEN, live("maillog"));
        connect("demo-only-stream-b", live("message"));
    }

    @Test
    void takesAKilledClientForAliveAWhile() {
        // given
        Client killed = connect(TOKEN, live("message"));

        // when
        killed.socket.abort();

        // then
        assertThat(refusal(TOKEN, live("message"))).isEqualTo(409);
        await().atMost(Duration.ofMinutes(1)).until(() -> seatIsFree("message"));
    }

    @Test
    void givesAllMessagesOfTheStoriesFromTheArchiveAndClosesNormally() throws IOException {
        // when
        Client client = connect(TOKEN, archive("message", 29, 0));
        await().atMost(Duration.ofMinutes(1)).until(() -> client.code != 0);

        // then
        assertThat(client.code).isEqualTo(1000);
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);
        Set<String> expected = messages.visibleAt(Instant.now()).stream()
                .filter(message -> message.receivedAt().isBefore(hour))
                .filter(message -> message.receivedAt().isAfter(Instant.now().minus(29, ChronoUnit.DAYS)))
                .map(FilteredMessage::guid)
                .collect(Collectors.toSet());
        List<JsonNode> records = client.records();
        assertThat(records.stream().map(record -> record.path("guid").asText()).collect(Collectors.toSet()))
                .isNotEmpty()
                .containsAll(expected);
        assertThat(client.frames).contains("").anyMatch(frame -> frame.length() > MIB);
        assertThat(records.stream().map(record -> record.path("guid").asText()))
                .as("duplicates")
                .hasSizeGreaterThan(expected.size());
        assertThat(records.stream().map(record -> record.path("ts").asText()).toList())
                .as("not in order")
                .isNotEqualTo(records.stream()
                        .map(record -> record.path("ts").asText())
                        .sorted()
                        .toList());
        assertThat(records)
                .anyMatch(record -> record.at("/filter/actions").findValues("isFinal").stream()
                        .anyMatch(JsonNode::isTextual))
                .anyMatch(record -> record.at("/filter/quarantine/type").isMissingNode()
                        && record.at("/filter/quarantine/folder").isTextual())
                .anyMatch(record -> record.at("/filter/quarantine/type").isTextual())
                .anyMatch(record -> record.at("/filter/origGuid").isTextual())
                .anyMatch(record -> record.at("/connection/protocol").isMissingNode())
                .allMatch(record -> record.at("/msgParts/0/metadata").has(""));
    }

    @Test
    void letsTheClientComeBackAtOnceAfterAnArchiveThatItClosedItself() {
        for (int i = 0; i < 20; i++) {
            Client client = connect(TOKEN, archive("message", 3, 2));
            await().atMost(Duration.ofMinutes(1)).until(() -> client.code == 1000);
        }
    }

    @Test
    void writesMailServerLinesInBothOfTheirShapes() throws IOException {
        // when
        Client client = connect(TOKEN, archive("maillog", 29, 0));
        await().atMost(Duration.ofMinutes(1)).until(() -> client.code != 0);

        // then
        List<JsonNode> records = client.records();
        assertThat(records)
                .anyMatch(record -> record.path("ts").asText().matches(".*[+-]\\d\\d:\\d\\d"))
                .anyMatch(record -> record.path("ts").asText().matches(".*[+-]\\d{4}"))
                .anyMatch(record -> record.at("/sm/pri").isNumber())
                .anyMatch(record -> record.at("/sm/pri").isTextual())
                .anyMatch(record -> record.at("/sm/sizeBytes").isTextual())
                .anyMatch(record -> record.at("/sm/stat").asText().startsWith("Deferred"));
        assertThat(records.stream().filter(record -> record.at("/sm/to").isArray()))
                .allMatch(record -> record.path("data")
                        .asText()
                        .contains(record.at("/sm/to/0").asText()));
    }

    @Test
    void roundsTimesToWholeHours() throws IOException {
        // given
        Instant at = messages.visibleAt(Instant.now()).stream()
                .map(FilteredMessage::receivedAt)
                .filter(time -> time.isBefore(Instant.now().minus(2, ChronoUnit.HOURS)))
                .findFirst()
                .orElseThrow();
        Instant hour = at.truncatedTo(ChronoUnit.HOURS);

        // when
        Client client = connect(
                TOKEN, live("message") + "&sinceTime=" + hour.plusSeconds(3000) + "&toTime=" + hour.plusSeconds(3001));
        await().atMost(Duration.ofMinutes(1)).until(() -> client.code != 0);

        // then
        assertThat(client.records().stream().map(record -> record.path("guid").asText()))
                .containsAll(messages.visibleAt(Instant.now()).stream()
                        .filter(message -> message.receivedAt()
                                .truncatedTo(ChronoUnit.HOURS)
                                .equals(hour))
                        .map(FilteredMessage::guid)
                        .toList());
    }

    @Test
    void breaksOpenSessionsOffAndRefusesNewOnes() {
        // given
        Client client = connect(TOKEN, live("message"));

        // when
        given().contentType("application/json").body("{\"drop\": true}").post("/faults/proofpoint-stream");

        // then
        await().atMost(Duration.ofMinutes(1)).until(() -> client.code != 0);
        assertThat(client.code).isNotEqualTo(1000);
        assertThat(catchThrowable(() -> connect("demo-only-stream-b", live("message"))))
                .isInstanceOf(CompletionException.class);
    }

    @Test
    void answersWithAStatus() {
        given().contentType("application/json").body("{\"status\": 502}").post("/faults/proofpoint-stream");
        assertThat(refusal(TOKEN, live("message"))).isEqualTo(502);
    }

    @Test
    void sendsNeitherFramesNorPongsWhenSilent() {
        // given
        Client client = connect(TOKEN, live("message"));
        client.socket.sendPing(ByteBuffer.allocate(0)).join();
        await().atMost(Duration.ofMinutes(1)).until(() -> client.pongs == 1);

        // when
        given().contentType("application/json").body("{\"silence\": true}").post("/faults/proofpoint-stream");

        // then
        await().atMost(Duration.ofMinutes(1)).until(() -> !answersAPing(client));
        assertThat(client.code).isZero();
    }

    @Test
    void sendsPoisonBesideGoodRecords() {
        // given
        Client sound = connect(TOKEN, archive("maillog", 29, 1));
        await().atMost(Duration.ofMinutes(1)).until(() -> sound.code == 1000);
        given().contentType("application/json").body("{\"malformed\": true}").post("/faults/proofpoint-stream");

        // when
        Client client = connect(TOKEN, archive("maillog", 29, 1));
        await().atMost(Duration.ofMinutes(1)).until(() -> client.code == 1000);

        // then
        List<String> good = client.frames.stream()
                .filter(frame -> !frame.equals("{\"guid\":\"torn"))
                .toList();
        assertThat(client.frames).hasSizeGreaterThan(good.size());
        assertThat(good).hasSizeGreaterThan(1).isEqualTo(sound.frames);
    }

    private static boolean answersAPing(Client client) {
        int before = client.pongs;
        client.socket.sendPing(ByteBuffer.allocate(0)).join();
        try {
            await().atMost(Duration.ofSeconds(1)).until(() -> client.pongs > before);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    private boolean seatIsFree(String type) {
        try {
            Client client = connect(TOKEN, live(type));
            client.socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            await().atMost(Duration.ofMinutes(1)).until(() -> client.code != 0);
            return true;
        } catch (CompletionException e) {
            return false;
        }
    }

    private static String live(String type) {
        return "cid=demo_hosted&type=" + type;
    }

    private static String archive(String type, int daysAgo, int untilDaysAgo) {
        Instant now = Instant.now();
        return live(type) + "&sinceTime=" + now.minus(daysAgo, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS)
                + "&toTime=" + now.minus(untilDaysAgo, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    }

    private int refusal(String token, String query) {
        return handshake(token, query).getResponse().statusCode();
    }

    private String refusalBody(String token, String query) {
        return given().header("Authorization", "Bearer " + token)
                .get(url.getPath() + "?" + query)
                .asString();
    }

    private WebSocketHandshakeException handshake(String token, String query) {
        Throwable thrown = catchThrowable(() -> connect(token, query));
        assertThat(thrown).hasCauseInstanceOf(WebSocketHandshakeException.class);
        return (WebSocketHandshakeException) thrown.getCause();
    }

    private Client connect(String token, String query) {
        Client client = new Client();
        client.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create(url.toString().replaceFirst("^http", "ws") + "?" + query), client)
                .join();
        clients.add(client);
        return client;
    }

    private static final class Client implements WebSocket.Listener {
        private final List<String> frames = new CopyOnWriteArrayList<>();
        private final StringBuilder frame = new StringBuilder();
        private WebSocket socket;
        private volatile int code;
        private final AtomicInteger pongsSeen = new AtomicInteger();
        private volatile int pongs;

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            frame.append(data);
            if (last) {
                frames.add(frame.toString());
                frame.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
            pongs = pongsSeen.incrementAndGet();
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            code = status;
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            code = 1006;
        }

        private List<JsonNode> records() throws IOException {
            List<JsonNode> records = new ArrayList<>();
            for (String text : frames) {
                if (!text.isEmpty()) {
                    records.add(JSON.readTree(text));
                }
            }
            return records;
        }
    }
}
