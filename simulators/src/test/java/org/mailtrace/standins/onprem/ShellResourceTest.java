package org.mailtrace.standins.onprem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailtrace.standins.story.Story;
import org.mailtrace.standins.story.StoryBook;

@QuarkusTest
class ShellResourceTest {
    private static final String ADDRESS = "/exchange/EXCH01/PowerShell/";

    @Inject
    TrackingLogs logs;

    @Inject
    StoryBook book;

    @AfterEach
    void repair() {
        given().delete("/faults").then().statusCode(204);
    }

    @Test
    void tellsTheRowsThatStandInTheFiles() {
        // given
        Story story = book.stories().stream()
                .filter(each -> each.id().equals("onprem-to-onprem"))
                .findFirst()
                .orElseThrow();

        // when
        Instant now = Instant.now();
        List<Map<String, String>> rows = logs.rows("EXCH01", now.minus(Duration.ofDays(20)), now);

        // then
        assertThat(rows)
                .filteredOn(row -> story.messageId().equals(row.get("message-id")))
                .extracting(row -> row.get("event-id"))
                .contains("SUBMIT", "SEND");
        assertThat(rows).extracting(row -> row.get("date-time")).isSorted();
    }

    @Test
    void opensAShellForTheAccountAndNobodyElse() {
        assertThat(post("svc-trace@rivercounty.example", "wrong", create()).statusCode())
                .isEqualTo(401);
        Response opened = post("svc-trace@rivercounty.example", "demo-only-exchange-servers", create());
        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(opened.header("Set-Cookie")).contains("X-BackEndCookie");
        assertThat(opened.asString()).contains("<rsp:ShellId>");
    }

    @Test
    void isOverloadedOrSilentOnOneServerOnly() {
        // given
        given().contentType("application/json")
                .body("{\"throttle\": {}, \"server\": \"EXCH01\"}")
                .post("/faults/onprem-powershell")
                .then()
                .statusCode(204);

        // when
        Response throttled = post("svc-trace@rivercounty.example", "demo-only-exchange-servers", create());

        // then
        assertThat(throttled.statusCode()).isEqualTo(500);
        assertThat(throttled.asString()).contains("load quota");
        given().contentType("application/json")
                .body("{\"status\": 503, \"server\": \"EXCH02\"}")
                .post("/faults/onprem-powershell")
                .then()
                .statusCode(204);
        assertThat(post("svc-trace@rivercounty.example", "demo-only-exchange-servers", create())
                        .statusCode())
                .isEqualTo(200);
    }

    private static Response post(String user, String password, String envelope) {
        return given().auth()
                .preemptive()
                .basic(user, password)
                .header("Accept-Encoding", "identity")
                .contentType("application/soap+xml;charset=UTF-8")
                .body(envelope.getBytes(StandardCharsets.UTF_8))
                .post(ADDRESS);
    }

    private static String create() {
        String opening = Base64.getEncoder().encodeToString(joined(message(1, 0x10002), message(2, 0x10004)));
        return "<s:Envelope><s:Header><wsa:Action>http://schemas.xmlsoap.org/ws/2004/09/transfer/Create</wsa:Action>"
                + "<wsman:ResourceURI>http://schemas.microsoft.com/powershell/Microsoft.Exchange</wsman:ResourceURI>"
                + "</s:Header><s:Body><rsp:Shell ShellId=\"" + UUID.randomUUID() + "\"><creationXml xmlns=\"x\">"
                + opening
                + "</creationXml></rsp:Shell></s:Body></s:Envelope>";
    }

    private static byte[] message(long id, int type) {
        byte[] text = "<Obj RefId=\"0\"></Obj>".getBytes(StandardCharsets.UTF_8);
        ByteBuffer message = ByteBuffer.allocate(21 + 40 + text.length)
                .putLong(id)
                .putLong(0)
                .put((byte) 3)
                .putInt(40 + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(2)
                .putInt(type);
        return message.position(61).put(text).array();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
