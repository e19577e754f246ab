package org.mailtrace.standins.onprem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailtrace.standins.state.StateDirectory;
import org.mailtrace.standins.story.Story;
import org.mailtrace.standins.story.StoryBook;

@QuarkusTest
class TrackingLogsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Inject
    StateDirectory state;

    @Inject
    StoryBook book;

    @AfterEach
    void repair() {
        given().delete("/faults").then().statusCode(204);
        await().atMost(PATIENCE).until(() -> Files.exists(state.trackingLogs("EXCH02")));
    }

    @Test
    void keepsThirtyDaysOfEveryWriterOnEveryServer() throws IOException {
        for (String server : List.of("EXCH01", "EXCH02")) {
            List<String> names = files(server).stream()
                    .map(file -> file.getFileName().toString())
                    .toList();
            for (String prefix : List.of("MSGTRK2", "MSGTRKMD2", "MSGTRKMS2")) {
                assertThat(names).filteredOn(name -> name.startsWith(prefix)).hasSizeBetween(30, 32);
            }
            assertThat(names).allMatch(name -> name.matches("MSGTRK(MD|MS)?\\d{10}-1\\.LOG"));
        }
    }

    @Test
    void writesTheHeaderOfRealFilesWithAByteOrderMarkOnSome() throws IOException {
        // when
        List<String> starts = new ArrayList<>();
        for (Path file : files("EXCH01")) {
            starts.add(Files.readString(file, StandardCharsets.UTF_8).substring(0, 24));
        }

        // then
        assertThat(starts).allMatch(start -> start.replace("\uFEFF", "").startsWith("#Software: Microsoft"));
        assertThat(starts).anyMatch(start -> start.charAt(0) == '\uFEFF').anyMatch(start -> start.charAt(0) == '#');
    }

    @Test
    void keepsEveryRowReadableAndTheFilesInTimeOrder() throws IOException {
        for (Path file : files("EXCH01")) {
            List<NamedCsvRecord> rows = rows(file);
            assertThat(rows).allMatch(row -> row.getFieldCount() == 30);
            assertThat(rows).extracting(row -> row.getField("date-time")).isSorted();
            assertThat(Files.readString(file)).endsWith("\r\n");
        }
    }

    @Test
    void tellsARelayedScanByTheDeviceBehindTheServer() throws IOException {
        // when
        List<NamedCsvRecord> rows = rowsOf("printer-to-cloud");

        // then
        NamedCsvRecord receive = only(rows, "RECEIVE");
        assertThat(receive.getField("original-client-ip")).isEqualTo("10.20.4.17");
        assertThat(receive.getField("client-ip")).isEqualTo("10.10.0.11");
        assertThat(receive.getField("custom-data")).contains("S:ProxiedClientIPAddress=10.20.4.17");
        assertThat(receive.getField("directionality")).isEqualTo("Incoming");
        NamedCsvRecord send = only(rows, "SENDEXTERNAL");
        assertThat(send.getField("connector-id")).startsWith("Outbound to Office 365 - ");
        assertThat(send.getField("server-hostname")).isEqualTo("rivercounty-example.mail.protection.outlook.com");
        assertThat(send.getField("source-context")).contains("250 2.6.0", "79.800 KB/sec Queued mail for delivery");
    }

    @Test
    void namesTheFrontEndThatTookAScanForTheOtherServer() throws IOException {
        // when
        NamedCsvRecord receive = rowsOf("printer-through-the-other-front-end").stream()
                .filter(row -> row.getField("event-id").equals("RECEIVE"))
                .findFirst()
                .orElseThrow();

        // then
        assertThat(receive.getField("client-ip")).isEqualTo("10.10.0.12");
        assertThat(receive.getField("client-hostname")).isEqualTo("exch02.rivercounty.example");
        assertThat(receive.getField("server-hostname")).isEqualTo("EXCH01");
        assertThat(receive.getField("custom-data"))
                .contains("S:ProxiedClientIPAddress=10.20.5.9", "S:ProxyHop1=exch02.rivercounty.example(10.10.0.12)");
    }

    @Test
    void writesWhatAStorySaysInTheLogsOwnWords() throws IOException {
        assertThat(rowsOf("member-of-two-groups"))
                .extracting(row -> row.getField("source") + " " + row.getField("event-id"))
                .contains("SMTP HAREDIRECTFAIL", "STOREDRIVER DUPLICATEDELIVER");
        assertThat(rowsOf("two-generations-of-servers"))
                .filteredOn(row -> row.getField("event-id").equals("SEND")
                        && row.getField("source-context").contains("InternalId="))
                .singleElement()
                .satisfies(row -> assertThat(row.getField("network-message-id")).startsWith("00000000-0000"));
    }

    @Test
    void tellsASubmissionAcrossBothServersAndTheirFiles() throws IOException {
        // when
        List<NamedCsvRecord> rows = rowsOf("onprem-to-onprem");

        // then
        assertThat(rows)
                .extracting(row -> row.getField("source") + " " + row.getField("event-id"))
                .contains(
                        "STOREDRIVER RECEIVE",
                        "STOREDRIVER SUBMIT",
                        "SMTP RECEIVE",
                        "SMTP SEND",
                        "STOREDRIVER DELIVER");
        assertThat(rows).allMatch(row -> row.getField("directionality").equals("Originating"));
        String next = rows.stream()
                .filter(row -> row.getField("server-hostname").equals("EXCH02")
                        && row.getField("event-id").equals("RECEIVE"))
                .map(row -> row.getField("internal-message-id"))
                .findFirst()
                .orElseThrow();
        assertThat(rows)
                .anyMatch(row -> row.getField("event-id").equals("SEND")
                        && row.getField("source-context").contains("InternalId=" + next + ","));
    }

    @Test
    void nestsTheErrorOfAFailureAndLinksItsNotification() throws IOException {
        // when
        List<NamedCsvRecord> rows = rowsOf("onprem-unknown-recipient");

        // then
        NamedCsvRecord fail = only(rows, "FAIL");
        assertThat(fail.getField("recipient-status"))
                .startsWith("[{LED=550 5.1.1 RESOLVER.ADR.RecipNotFound; not found};{MSG=};{FQDN=");
        List<NamedCsvRecord> all = rows(Path.of("EXCH01"), "");
        NamedCsvRecord notification = all.stream()
                .filter(row -> row.getField("event-id").equals("DSN"))
                .findFirst()
                .orElseThrow();
        assertThat(notification.getField("message-id")).isEqualTo(fail.getField("reference"));
        assertThat(notification.getField("reference")).isEqualTo(fail.getField("message-id"));
        assertThat(notification.getField("return-path")).isEqualTo("<>");
    }

    @Test
    void quotesASubjectWithCommaAndQuotes() throws IOException {
        assertThat(rowsOf("onprem-mailbox"))
                .extracting(row -> row.getField("message-subject"))
                .containsOnly("Order 1288, confirmed \"as agreed\"");
    }

    @Test
    void keepsTheOldAddressOfAResolvedOne() throws IOException {
        NamedCsvRecord resolve = only(rowsOf("secondary-cloud-address"), "RESOLVE");
        assertThat(resolve.getField("recipient-address")).isEqualTo("lena@rivercounty.mail.onmicrosoft.example");
        assertThat(resolve.getField("related-recipient-address")).isEqualTo("lena@rivercounty.example");
    }

    @Test
    void goesOnWritingUntilItIsSilenced() throws IOException {
        // given
        Path today = newest("EXCH02");
        long before = Files.size(today);

        // when
        // At midnight the next day's file begins.
        await().atMost(PATIENCE)
                .until(() -> Files.size(today) > before || !newest("EXCH02").equals(today));
        given().contentType("application/json")
                .body("{\"drop\": true, \"server\": \"EXCH02\"}")
                .post("/faults/onprem-exchange")
                .then()
                .statusCode(204);

        // then
        await().atMost(PATIENCE).until(() -> Files.notExists(state.trackingLogs("EXCH02")));
        assertThat(state.trackingLogs("EXCH01")).exists();
    }

    private Path newest(String server) throws IOException {
        return files(server).stream()
                .filter(file -> file.getFileName().toString().startsWith("MSGTRK2"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private static NamedCsvRecord only(List<NamedCsvRecord> rows, String event) {
        return rows.stream()
                .filter(row -> row.getField("event-id").equals(event))
                .reduce((one, other) -> {
                    throw new AssertionError("more than one " + event);
                })
                .orElseThrow();
    }

    private List<NamedCsvRecord> rowsOf(String id) throws IOException {
        Story story = book.stories().stream()
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow();
        List<NamedCsvRecord> rows = new ArrayList<>(rows(Path.of("EXCH01"), story.messageId()));
        rows.addAll(rows(Path.of("EXCH02"), story.messageId()));
        return rows;
    }

    private List<NamedCsvRecord> rows(Path server, String messageId) throws IOException {
        List<NamedCsvRecord> rows = new ArrayList<>();
        for (Path file : files(server.toString())) {
            rows(file).stream()
                    .filter(row ->
                            messageId.isEmpty() || row.getField("message-id").equals(messageId))
                    .forEach(rows::add);
        }
        return rows;
    }

    private List<Path> files(String server) throws IOException {
        try (Stream<Path> files = Files.list(state.trackingLogs(server))) {
            return files.sorted().toList();
        }
    }

    private static List<NamedCsvRecord> rows(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8).replace("\uFEFF", "");
        String table = text.substring(text.indexOf("#Fields: ") + "#Fields: ".length());
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(table)) {
            return reader.stream().toList();
        }
    }
}
