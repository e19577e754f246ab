package org.mailtrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
@DisplayName("F20: idle connections, huge headers, huge pages")
class F20OverloadTest {
    @BeforeEach
    void isCalm() {
        HelpDesk.isCalm();
    }

    @AfterEach
    void leavesNothingBehind() {
        FakeSources.allEmpty();
    }

    @Test
    void answersWhileManyConnectionsSayNothing() throws IOException {
        // given
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
                if (i % 2 == 0) {
                    socket.getOutputStream()
                            .write("GET /traces HTTP/1.1\r\nHost: x\r\nX-A:".getBytes(StandardCharsets.US_ASCII));
                }
                idle.add(socket);
            }

            // then
            assertThat(HelpDesk.ask().jsonPath().getBoolean("complete")).isTrue();
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void refusesAMegabyteOfHeaders() throws IOException {
        // given
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(20_000);

            // when
            String said = answerTo(socket, "X-Big: " + "b".repeat(1_000_000));

            // then
            assertThat(said)
                    .satisfiesAnyOf(
                            text -> assertThat(text).startsWith("HTTP/1.1 431"),
                            text -> assertThat(text).isEmpty());
        }
        assertThat(HelpDesk.ask().statusCode()).isEqualTo(200);
    }

    private static String answerTo(Socket socket, String header) {
        try {
            socket.getOutputStream()
                    .write(("GET /traces HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            // It was cut off while it was still speaking.
            return "";
        }
    }

    @Test
    void refusesAHugePageAHugeQuestionAndAHugeBody() {
        assertThat(HelpDesk.ask(Map.of("recipient", HelpDesk.ANA, "limit", "100000"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(HelpDesk.ask(Map.of("recipient", "a".repeat(12_000) + "@rivercounty.example"))
                        .statusCode())
                .isEqualTo(400);
        Response tooLarge = HelpDesk.asReader()
                .contentType("application/json")
                .body("{\"recipient\": [\"" + "a".repeat(200_000) + "\"]}")
                .post("/traces/search");
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(tooLarge.contentType()).startsWith("application/problem+json");
        assertThat(tooLarge.jsonPath().getString("detail")).contains("64 KB");
    }
}
