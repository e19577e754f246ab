package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.standins.shell.SealedDoor;
import org.mailtrace.standins.shell.ShellRules;
import org.mailtrace.standins.shell.ShellServer;
import org.mailtrace.standins.shell.TrackedRows;
import org.mailtrace.testkit.KerberosRealm;

/**
 * An Exchange server that lets in by Kerberos only, over plain HTTP. The realm is a real one; the shell is a stand-in, and
 * its rows are synthetic. Little in a native executable depends so much on what the JDK looks up by name.
 */
@ExtendWith(RunningMailtrace.class)
class KerberosIT {
    private static final String REALM = "RIVERCOUNTY.EXAMPLE";
    private static final String ACCOUNT = "svc-trace@" + REALM;
    private static final String SERVER = "HTTP/localhost@" + REALM;
    private static final String RECIPIENT = "ana@rivercounty.example";
    private static final String SUBJECT = "Quarterly report";

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final List<String> envelopes = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    private Path folder;

    @Test
    void answersInFullOverAnEncryptedShellAndBeforeThatSaysThatTheKeyTableIsWrong() throws Exception {
        ShellServer shells = new ShellServer(ShellRules.of(ACCOUNT, ""), TrackedRows.of(rows()));
        try (KerberosRealm realm = new KerberosRealm(REALM, folder);
                SealedDoor door = new SealedDoor(SERVER, realm.newKeys(SERVER), ACCOUNT, (cookie, envelope) -> {
                    envelopes.add(envelope);
                    return shells.answer(cookie, envelope, ShellRules.Mood.WELL);
                })) {
            // given a key table that was made before the account's password was changed
            Path keys = Files.copy(realm.newKeys(ACCOUNT), folder.resolve("svc-trace.keytab"));
            Path newKeys = realm.newKeys(ACCOUNT);
            try (SecondService service = new SecondService("onprem-exchange", 8151, settings(realm, door, keys))) {
                // when
                JsonNode refused = ask(service);

                // then
                assertThat(refused.path("state").asText())
                        .as(refused.toString())
                        .isEqualTo("DENIED");
                assertThat(refused.path("observations")).isEmpty();
                JsonNode part = onlyOne(refused.path("parts"));
                assertThat(part.path("state").asText()).isEqualTo("DENIED");
                assertThat(part.path("explanation").asText())
                        .contains("No Kerberos ticket could be had for EXCH01; check the key table");
                assertThat(door.wire()).isEmpty();

                // when
                Files.copy(newKeys, keys, StandardCopyOption.REPLACE_EXISTING);
                JsonNode answer = ask(service);

                // then
                assertThat(answer.path("state").asText()).as(answer.toString()).isEqualTo("ANSWERED");
                assertThat(onlyOne(answer.path("parts")).path("state").asText()).isEqualTo("ANSWERED");
                JsonNode message = onlyOne(answer.path("observations"));
                assertThat(message.path("messageId").asText()).isEqualTo("<d9683b4c@contoso.example>");
                assertThat(message.path("subject").asText()).isEqualTo(SUBJECT);
                JsonNode recipient = onlyOne(message.path("recipients"));
                assertThat(recipient.path("address").asText()).isEqualTo(RECIPIENT);
                assertThat(recipient.path("status").asText()).isEqualTo("DELIVERED");
                assertThat(envelopes).isNotEmpty().allMatch(envelope -> envelope.contains("Envelope"));
                assertThat(door.wire())
                        .hasSizeGreaterThan(2 * envelopes.size())
                        .noneMatch(body -> body.contains("Envelope") || body.contains("schemas"));
                assertThat(shells.openShells()).isZero();
            }
        }
    }

    private static JsonNode ask(SecondService service) {
        return service.trace(Map.of("recipient", RECIPIENT));
    }

    private static JsonNode onlyOne(JsonNode list) {
        assertThat(list).as(list.toString()).hasSize(1);
        return list.get(0);
    }

    private Map<String, String> settings(KerberosRealm realm, SealedDoor door, Path keys) {
        String server = "mailtrace.onprem.servers.EXCH01.live.";
        return Map.ofEntries(
                // Without those of the stand-ins, whose servers are not asked themselves.
                Map.entry("quarkus.config.locations", ""),
                Map.entry("quarkus.oidc.auth-server-url", Launcher.url(8180) + "/realms/mailtrace"),
                Map.entry("mailtrace.domains", "rivercounty.example"),
                Map.entry(
                        "mailtrace.onprem.index-file",
                        folder.resolve("index.db").toString()),
                Map.entry("mailtrace.onprem.ask", "live"),
                Map.entry(server + "url", door.url().toString()),
                Map.entry(server + "authentication", "kerberos"),
                Map.entry(server + "user", ACCOUNT),
                Map.entry(server + "keytab", keys.toString()),
                Map.entry("java.security.krb5.conf", realm.configuration().toString()));
    }

    /** One message, and what shows that the log reaches back over two days and up to now. */
    private List<Map<String, String>> rows() {
        List<Map<String, String>> rows = new ArrayList<>(IntStream.rangeClosed(0, 8)
                .mapToObj(each -> now.minus(Duration.ofHours(48 - 6 * each)).minusSeconds(50))
                .map(at -> row(at, "SMTP", "RECEIVE", "HealthMailbox01@rivercounty.example", "Probe"))
                .toList());
        rows.add(row(now.minusSeconds(45), "STOREDRIVER", "DELIVER", RECIPIENT, SUBJECT));
        return rows;
    }

    private static Map<String, String> row(Instant at, String source, String event, String recipient, String subject) {
        return Map.of(
                "date-time",
                at.toString(),
                "source",
                source,
                "event-id",
                event,
                "message-id",
                subject.equals(SUBJECT) ? "<d9683b4c@contoso.example>" : "<probe@rivercounty.example>",
                "recipient-address",
                recipient,
                "recipient-count",
                "1",
                "sender-address",
                "sam@contoso.example",
                "return-path",
                "sam@contoso.example",
                "message-subject",
                subject);
    }
}
