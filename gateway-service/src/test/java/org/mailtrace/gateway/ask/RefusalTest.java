package org.mailtrace.gateway.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.FakeSources;
import org.mailtrace.gateway.HelpDesk;
import org.mailtrace.testkit.TcpFront;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
class RefusalTest {
    private static final String PROBLEM = "{\"type\": \"https://mailtrace.example/problems/not-found\","
            + " \"title\": \"There is nothing here.\", \"status\": 404}";

    @Inject
    Sources sources;

    @BeforeEach
    void isCalm() {
        HelpDesk.isCalm();
    }

    @AfterEach
    void leavesNothingBehind() {
        FakeSources.allEmpty();
    }

    @Test
    void aProblemThatComesInPiecesIsReadWhole() {
        // given
        FakeSources.front("archive").suffer(RefusalTest::refuses);

        // when
        try (Load load = sources.load()) {
            SourceState state = sources.named("archive")
                    .orElseThrow()
                    .find("a1", new Caller("Bearer synthetic", "refusal"), load)
                    .state();

            // then
            assertThat(state).isEqualTo(SourceState.ANSWERED);
        }
    }

    private static void refuses(Socket client) throws IOException {
        TcpFront.readHead(client);
        OutputStream out = client.getOutputStream();
        out.write(("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Type: application/problem+json\r\n"
                        + "Content-Length: " + PROBLEM.length() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        for (byte piece : PROBLEM.getBytes(StandardCharsets.US_ASCII)) {
            out.write(piece);
            out.flush();
        }
    }
}
