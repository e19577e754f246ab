package org.mailtrace.onprem.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.CredentialState;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceState;
import org.mailtrace.index.IndexRow;
import org.mailtrace.onprem.TrackingLogDirectories;
import org.mailtrace.onprem.record.RowBody;
import org.mailtrace.onprem.record.TrackingRow;
import org.mailtrace.standins.shell.ShellRules;

/** The client against a stand-in that speaks the recorded protocol; all rows are synthetic. */
@QuarkusTest
@WithTestResource(OidcWiremockTestResource.class)
@WithTestResource(TrackingLogDirectories.class)
class LiveServersTest {
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final Instant sent = now.minus(Duration.ofMinutes(40));
    private static final ShellRules RULES = ShellRules.of(StandInExchange.USER, StandInExchange.PASSWORD);

    private final Map<String, StandInExchange> running = new HashMap<>();
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void quick() {
        settings.put("mailtrace.onprem.live.deadline", "8s");
        settings.put("mailtrace.onprem.live.operation-timeout", "1s");
    }

    @AfterEach
    void everyShellIsDeleted() {
        running.values().forEach(server -> {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(server.openShells()).isZero());
            server.close();
        });
    }

    @Test
    void findsWhatTheServerKnowsAndTellsItInTheNamesOfTheFile() {
        // given
        start("EXCH01", RULES)
                .logs(
                        sent,
                        "SMTP",
                        "RECEIVE",
                        "message-id",
                        "<d1@contoso.example>",
                        "network-message-id",
                        "4451a062-48cb-e80d-e8c0-196330437ae6",
                        "recipient-address",
                        "ana@rivercounty.example;bo@rivercounty.example",
                        "return-path",
                        "sam@contoso.example",
                        "message-subject",
                        "Grüße \uD83D\uDCE7 <a> & \"b\" _x0041_",
                        "custom-data",
                        "S:FromEntity=Internet;S:TRA=ETRP|ruleId=1;S:TRA=ETRP|ruleId=2",
                        "log-id",
                        "only-in-the-file");

        // when
        LiveAnswer answer = ask("recipient", "ana@rivercounty.example");

        // then
        assertThat(answer.parts().get("EXCH01").state()).isEqualTo(SourceState.ANSWERED);
        TrackingRow row = onlyRow(answer);
        assertThat(row.at()).isEqualTo(sent);
        assertThat(row.event()).isEqualTo("RECEIVE");
        assertThat(row.recipients()).containsExactly("ana@rivercounty.example", "bo@rivercounty.example");
        assertThat(row.value("message-subject")).isEqualTo("Grüße \uD83D\uDCE7 <a> & \"b\" _x0041_");
        assertThat(row.customData().all("TRA")).containsExactly("ETRP|ruleId=1", "ETRP|ruleId=2");
        assertThat(row.value("row-origin")).isEqualTo("LIVE");
        assertThat(row.optional("log-id")).isEmpty();
    }

    @Test
    void putsLargeObjectsTogetherFromFragmentsInSeveralEnvelopes() {
        // given
        ShellRules small = new ShellRules(RULES.user(), RULES.password(), 18, 90, Optional.empty(), true);
        StandInExchange server = start("EXCH01", small);
        String context = "x".repeat(120_000);
        server.logs(sent, "SMTP", "RECEIVE", "message-id", "<big@contoso.example>", "source-context", context);

        // when
        LiveAnswer answer = ask("messageId", "big@contoso.example");

        // then
        assertThat(onlyRow(answer).value("source-context")).isEqualTo(context);
    }

    @Test
    void asksAgainByMessageIdOnAllServersBecauseARecipientHidesTheGroup() {
        // given
        start("EXCH01", RULES)
                .logs(sent, "SMTP", "RECEIVE", mail("<g@contoso.example>", "all@rivercounty.example"))
                .logs(
                        sent.plusSeconds(1),
                        "ROUTING",
                        "EXPAND",
                        mail("<g@contoso.example>", "ana@rivercounty.example;bo@rivercounty.example"))
                .logs(
                        sent.plusSeconds(2),
                        "STOREDRIVER",
                        "DELIVER",
                        mail("<g@contoso.example>", "ana@rivercounty.example"));
        start("EXCH02", RULES)
                .logs(
                        sent.plusSeconds(2),
                        "STOREDRIVER",
                        "DELIVER",
                        mail("<g@contoso.example>", "bo@rivercounty.example"));

        // when
        LiveAnswer answer = ask("recipient", "ana@rivercounty.example");

        // then
        assertThat(answer.rows())
                .extracting(row -> row.part() + " " + read(row).event())
                .containsExactlyInAnyOrder("EXCH01 RECEIVE", "EXCH01 EXPAND", "EXCH01 DELIVER", "EXCH02 DELIVER");
        assertThat(answer.incomplete()).isEmpty();
    }

    @Test
    void saysOfWhichMessagesNotEverythingWasAskedFor() {
        // given
        settings.put("mailtrace.onprem.live.follow-ups", "2");
        StandInExchange server = start("EXCH01", RULES);
        for (int i = 0; i < 3; i++) {
            server.logs(
                    sent.plusSeconds(i),
                    "STOREDRIVER",
                    "DELIVER",
                    mail("<m" + i + "@contoso.example>", "ana@rivercounty.example"));
        }

        // when
        LiveAnswer answer = ask("recipient", "ana@rivercounty.example");

        // then
        assertThat(answer.rows()).hasSize(3);
        assertThat(answer.incomplete()).hasSize(1);
        assertThat(answer.warning()).hasValueSatisfying(text -> assertThat(text).contains("More messages"));
    }

    @Test
    void namesTheDeadServerAndShowsWhatTheOtherSaw() {
        // given
        settings.put("mailtrace.onprem.live.deadline", "2s");
        start("EXCH01", RULES).logs(sent, "SMTP", "RECEIVE", mail("<a@contoso.example>", "ana@rivercounty.example"));
        start("EXCH02", RULES).mute();

        // when
        LiveAnswer answer = ask("recipient", "ana@rivercounty.example");

        // then
        assertThat(answer.parts().get("EXCH01").state()).isEqualTo(SourceState.ANSWERED);
        assertThat(answer.parts().get("EXCH02").state()).isEqualTo(SourceState.TIMED_OUT);
        assertThat(answer.rows()).hasSize(1);
    }

    @Test
    void waitsThroughOperationTimeouts() {
        // given
        StandInExchange server = start("EXCH01", RULES);
        server.logs(sent, "SMTP", "RECEIVE", mail("<slow@contoso.example>", "ana@rivercounty.example"));
        server.feels(new ShellRules.Mood(Duration.ofMillis(1300), false));

        // when
        LiveAnswer answer = ask("messageId", "slow@contoso.example");

        // then
        assertThat(answer.rows()).hasSize(1);
    }

    @Test
    void isDeniedWithAWrongPasswordAndSendsItOnce() {
        // given
        StandInExchange server =
                start("EXCH01", new ShellRules(RULES.user(), "another", 18, 32_000, Optional.empty(), true));
        LiveServers servers = servers();

        // when
        LiveAnswer answer = ask(servers, Map.of("recipient", "ana@rivercounty.example"));

        // then
        LivePart part = answer.parts().get("EXCH01");
        assertThat(part.state()).isEqualTo(SourceState.DENIED);
        assertThat(part.sentence()).hasValueSatisfying(text -> assertThat(text).contains("live.user"));
        assertThat(server.requests()).isEqualTo(1);
        assertThat(servers.credentials()).isEqualTo(CredentialState.REFUSED);
    }

    @Test
    void tellsTheAdministratorWhichRoleIsMissing() {
        // given
        start("EXCH01", new ShellRules(RULES.user(), RULES.password(), 18, 32_000, Optional.empty(), false));

        // when
        LivePart part = ask("recipient", "ana@rivercounty.example").parts().get("EXCH01");

        // then
        assertThat(part.state()).isEqualTo(SourceState.FAILED);
        assertThat(part.sentence()).hasValueSatisfying(text -> assertThat(text).contains("Message Tracking role"));
    }

    @Test
    void isThrottledWhenTheServerAllowsNoFurtherShell() {
        // given
        start("EXCH01", new ShellRules(RULES.user(), RULES.password(), 0, 32_000, Optional.empty(), true));
        start("EXCH02", RULES).feels(new ShellRules.Mood(Duration.ZERO, true));

        // when
        LiveAnswer answer = ask("recipient", "ana@rivercounty.example");

        // then
        assertThat(answer.parts().values()).extracting(LivePart::state).containsOnly(SourceState.THROTTLED);
        assertThat(answer.parts().get("EXCH01").sentence())
                .hasValueSatisfying(text -> assertThat(text).contains("PowerShellMaxConcurrency"));
    }

    @Test
    void isTruncatedWhereTheCapIsMet() {
        // given
        settings.put("mailtrace.onprem.live.result-cap", "10");
        StandInExchange server = start("EXCH01", RULES);
        for (int i = 0; i < 11; i++) {
            server.logs(
                    sent.plusSeconds(i),
                    "SMTP",
                    "RECEIVE",
                    mail("<c" + i + "@contoso.example>", "ana@rivercounty.example"));
        }

        // when
        LiveAnswer answer = ask("recipient", "ana@rivercounty.example");

        // then
        assertThat(answer.parts().get("EXCH01").state()).isEqualTo(SourceState.TRUNCATED);
        assertThat(answer.rows()).hasSize(10);
    }

    @Test
    void refusesAQuestionWithoutBoundsAndAsksNothing() {
        // given
        StandInExchange server = start("EXCH01", RULES);

        // when
        LiveAnswer answer = ask(
                servers(),
                Map.of(
                        "subject",
                        "invoice",
                        "from",
                        now.minus(Duration.ofDays(2)).toString()));

        // then
        assertThat(answer.parts().get("EXCH01").state()).isEqualTo(SourceState.CANNOT_ANSWER);
        assertThat(server.requests()).isZero();
    }

    @Test
    void doesNotClaimToHaveSearchedByEnvelopeSenderWhatItAskedByHeader() {
        // given
        start("EXCH01", RULES)
                .logs(
                        sent,
                        "SMTP",
                        "RECEIVE",
                        "message-id",
                        "<h@contoso.example>",
                        "return-path",
                        "bounce@contoso.example",
                        "sender-address",
                        "sam@contoso.example",
                        "recipient-address",
                        "ana@rivercounty.example");

        // when
        LiveAnswer day = ask("sender", "bounce@contoso.example");
        LiveAnswer minutes = ask(
                servers(),
                Map.of(
                        "sender",
                        "bounce@contoso.example",
                        "from",
                        sent.minusSeconds(5).toString(),
                        "to",
                        sent.plusSeconds(60).toString()));

        // then
        assertThat(day.parts().get("EXCH01").state()).isEqualTo(SourceState.TRUNCATED);
        assertThat(minutes.parts().get("EXCH01").state()).isEqualTo(SourceState.ANSWERED);
        assertThat(minutes.rows())
                .extracting(row -> read(row).value("message-id"))
                .contains("<h@contoso.example>");
    }

    @Test
    void provesNothingAboutATimeThatTheServersLogDoesNotReachBackTo() {
        // given
        start("EXCH01", RULES);

        // when
        LivePart part = ask(
                        servers(),
                        Map.of(
                                "recipient",
                                "nobody@rivercounty.example",
                                "from",
                                now.minus(Duration.ofDays(9)).toString()))
                .parts()
                .get("EXCH01");

        // then
        assertThat(part.state()).isEqualTo(SourceState.OUT_OF_RETENTION);
        assertThat(part.provenUntil()).isEmpty();
    }

    @Test
    void readsLocalTimesInTheServersZoneAndGuessesNone() {
        // given
        ZoneId zone = ZoneId.of("Asia/Kolkata");
        start("EXCH01", new ShellRules(RULES.user(), RULES.password(), 18, 32_000, Optional.of(zone), true))
                .logs(sent, "SMTP", "RECEIVE", mail("<z@contoso.example>", "ana@rivercounty.example"));

        // when
        LiveAnswer without = ask("messageId", "z@contoso.example");
        settings.put("mailtrace.onprem.servers.EXCH01.live.time-zone", zone.getId());
        LiveAnswer with = ask("messageId", "z@contoso.example");

        // then
        assertThat(without.parts().get("EXCH01").state()).isEqualTo(SourceState.FAILED);
        assertThat(without.parts().get("EXCH01").sentence())
                .hasValueSatisfying(text -> assertThat(text).contains("live.time-zone"));
        assertThat(onlyRow(with).at()).isEqualTo(sent);
    }

    @Test
    void opensTheCircuitOfAServerThatAnswersNonsenseAndOfNoOther() {
        // given
        start("EXCH01", RULES).breaks(true);
        start("EXCH02", RULES);
        LiveServers servers = servers();

        // when
        for (int i = 0; i < 4; i++) {
            ask(servers, Map.of("recipient", "ana@rivercounty.example"));
        }
        LiveAnswer answer = ask(servers, Map.of("recipient", "ana@rivercounty.example"));

        // then
        assertThat(answer.parts().get("EXCH01").state()).isEqualTo(SourceState.CIRCUIT_OPEN);
        assertThat(answer.parts().get("EXCH02").state()).isEqualTo(SourceState.ANSWERED);
        assertThat(servers.standing("EXCH01").orElseThrow().state()).isEqualTo(SourceState.CIRCUIT_OPEN);
    }

    private StandInExchange start(String name, ShellRules rules) {
        StandInExchange server = new StandInExchange(rules).alive(now);
        running.put(name, server);
        return server;
    }

    private LiveServers servers() {
        Map<String, String> all = LiveFixture.reaching(running);
        all.putAll(settings);
        return LiveFixture.servers(all, now);
    }

    private LiveAnswer ask(String name, String value) {
        return ask(servers(), Map.of(name, value));
    }

    private LiveAnswer ask(LiveServers servers, Map<String, String> parameters) {
        Map<String, List<String>> all = new HashMap<>();
        all.put("from", List.of(now.minus(Duration.ofHours(20)).toString()));
        all.put("to", List.of(now.toString()));
        parameters.forEach((name, value) -> all.put(name, List.of(value)));
        Question question = Question.parse(all, now);
        List<LiveTarget> targets = servers.names().stream()
                .map(name ->
                        new LiveTarget(name, question.from(), question.from().minus(Duration.ofDays(2))))
                .toList();
        Predicate<List<IndexRow>> wanted = rows -> question.recipients().isEmpty()
                || rows.stream().flatMap(row -> row.recipients().stream()).anyMatch(question::asksForRecipient);
        return servers.ask(question, targets, wanted, List.of());
    }

    private static TrackingRow onlyRow(LiveAnswer answer) {
        assertThat(answer.rows()).hasSize(1);
        return read(answer.rows().getFirst());
    }

    private static TrackingRow read(IndexRow row) {
        return RowBody.read(row.at(), row.body());
    }

    private static String[] mail(String messageId, String recipients) {
        return new String[] {
            "message-id", messageId, "recipient-address", recipients, "return-path", "sam@contoso.example"
        };
    }
}
