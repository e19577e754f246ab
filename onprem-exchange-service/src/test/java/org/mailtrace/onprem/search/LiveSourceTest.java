package org.mailtrace.onprem.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.contract.NameValue;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.contract.TraceEvent;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.index.sqlite.SqliteIndex;
import org.mailtrace.index.sqlite.SqliteSettings;
import org.mailtrace.onprem.LogFixture;
import org.mailtrace.onprem.OnPremSettings;
import org.mailtrace.onprem.TrackingLogDirectories;
import org.mailtrace.onprem.follow.Followers;
import org.mailtrace.onprem.follow.FollowersFixture;
import org.mailtrace.onprem.live.LiveFixture;
import org.mailtrace.onprem.live.StandInExchange;
import org.mailtrace.onprem.meaning.Site;
import org.mailtrace.onprem.record.RowBody;
import org.mailtrace.testkit.RecordedSpans;

/** The source with servers that are asked themselves, alone and beside their files; all rows are synthetic. */
@QuarkusTest
@WithTestResource(OidcWiremockTestResource.class)
@WithTestResource(TrackingLogDirectories.class)
class LiveSourceTest {
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final Instant sent = now.minus(Duration.ofMinutes(10));
    private final StandInExchange server = new StandInExchange().alive(now);
    private final List<AutoCloseable> open = new ArrayList<>(List.of(server));

    @TempDir
    Path directory;

    @Inject
    RecordedSpans spans;

    @Inject
    Tracer tracer;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @Test
    void findsAMessageAgainByItsIdAndKnowsWhichOnesDoNotExist() {
        // given
        server.logs(sent, "SMTP", "RECEIVE", mail("<a@contoso.example>"))
                .logs(sent.plusSeconds(2), "STOREDRIVER", "DELIVER", mail("<a@contoso.example>"));
        OnPremSource source = source("live");
        Observation found = only(source.search(question(Map.of("recipient", "ana@rivercounty.example"))));

        // when
        SourceAnswer again = source.find(found.sourceId());
        SourceAnswer other =
                source.find(new org.mailtrace.source.SourceId(sent.plusSeconds(100), "never-seen").encoded());

        // then
        assertThat(only(again).sourceId()).isEqualTo(found.sourceId());
        assertThat(only(again).events()).hasSize(2);
        assertThat(only(again).events()).allMatch(event -> origin(event).equals("LIVE"));
        assertThat(only(again).recipients().getFirst().status()).isEqualTo(RecipientStatus.DELIVERED);
        assertThat(other.observations()).isEmpty();
        assertThat(other.state()).isEqualTo(SourceState.ANSWERED);
    }

    @Test
    void answersUnderTheNameThatItsInstallationHas() {
        // given
        OnPremSource source = source("live");

        // then
        assertThat(source.name()).isEqualTo("onprem-east");
        assertThat(source.info().source()).isEqualTo("onprem-east");
        assertThat(source.search(question(Map.of("recipient", "ana@rivercounty.example")))
                        .source())
                .isEqualTo("onprem-east");
        assertThat(source.find("none-of-ours").source()).isEqualTo("onprem-east");
    }

    @Test
    void turnsPagesWithoutLosingOrRepeatingAMessage() {
        // given
        for (int i = 0; i < 5; i++) {
            server.logs(sent.plusSeconds(i / 2), "SMTP", "RECEIVE", mail("<p" + i + "@contoso.example>"));
        }
        OnPremSource source = source("live");

        // when
        List<String> seen = new ArrayList<>();
        Map<String, String> parameters = new HashMap<>(Map.of("recipient", "ana@rivercounty.example", "limit", "2"));
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            SourceAnswer page = source.search(question(parameters));
            page.observations().forEach(each -> seen.add(each.messageId().orElseThrow()));
            next = page.next();
            next.ifPresent(cursor -> parameters.put("cursor", cursor));
        }

        // then
        assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void joinsTheFileAndWhatTheServerKnowsBeyondItIntoOneMessage() throws IOException {
        // given
        Instant delivered = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(5);
        writeLog();
        server.logs(sent, "SMTP", "RECEIVE", mail("<both@contoso.example>"))
                .logs(now.minusSeconds(6), "SMTP", "SEND", mail("<both@contoso.example>"))
                .logs(delivered, "STOREDRIVER", "DELIVER", mail("<both@contoso.example>"));
        OnPremSource files = source("files");
        OnPremSource both = source("files-with-live");
        Map<String, String> asked = Map.of("recipient", "ana@rivercounty.example", "include", "events");

        // when
        Observation inFiles = only(files.search(question(asked)));
        SourceAnswer answer = both.search(question(asked));

        // then
        Observation joined = only(answer);
        assertThat(joined.sourceId()).isEqualTo(inFiles.sourceId());
        assertThat(inFiles.recipients().getFirst().status()).isNotEqualTo(RecipientStatus.DELIVERED);
        assertThat(joined.recipients().getFirst().status()).isEqualTo(RecipientStatus.DELIVERED);
        assertThat(joined.events()).extracting(LiveSourceTest::origin).containsExactly("FILE", "FILE", "LIVE");
        assertThat(answer.parts().getFirst().state()).isEqualTo(SourceState.ANSWERED);
        assertThat(answer.parts().getFirst().explanation())
                .hasValueSatisfying(text -> assertThat(text).contains("files of EXCH01", "the server itself"));
        assertThat(only(both.find(joined.sourceId())).events())
                .extracting(LiveSourceTest::origin)
                .containsExactly("FILE", "FILE", "LIVE");
    }

    @Test
    void answersByTheServerWhileItsDirectoryIsAwayAndSaysBothReasonsWhenNeitherAnswers() throws IOException {
        // given
        Files.delete(directory);
        server.logs(sent, "SMTP", "RECEIVE", mail("<live@contoso.example>"));
        OnPremSource source = source("files-with-live");
        Question question = question(Map.of("recipient", "ana@rivercounty.example"));

        // when
        SourceAnswer live = source.search(question);
        server.breaks(true);
        SourceAnswer neither = source.search(question);

        // then
        assertThat(live.state()).isEqualTo(SourceState.ANSWERED);
        assertThat(live.observations()).hasSize(1);
        assertThat(live.absenceProvenUntil()).isPresent();
        assertThat(neither.state()).isEqualTo(SourceState.FAILED);
        assertThat(neither.explanation())
                .hasValueSatisfying(text -> assertThat(text).contains("does not exist", "no usable answer"));
        assertThat(neither.absenceProvenUntil()).isEmpty();
    }

    @Test
    void tellsAboutTheLiveWayInItsState() {
        // given
        OnPremSource source = source("live");
        SourceState before = source.info().parts().getFirst().state();

        // when
        source.search(question(Map.of("recipient", "ana@rivercounty.example")));

        // then
        assertThat(before).isEqualTo(SourceState.NOT_ASKED);
        assertThat(source.info().parts().getFirst().state()).isEqualTo(SourceState.ANSWERED);
        assertThat(source.info().credentials()).isEqualTo(org.mailtrace.contract.CredentialState.WORKING);
        assertThat(source.info().lastSuccess()).isPresent();
    }

    @Test
    void everyRequestToAServerIsASpanBelowTheQuestionThatTellsNothingOfIt() {
        // given
        server.logs(sent, "SMTP", "RECEIVE", mail("<canary@contoso.example>"));
        OnPremSource source = source("live");
        Span asked = tracer.spanBuilder("asked").startSpan();
        spans.keep(asked.getSpanContext().getTraceId());

        // when
        try (Scope _ = asked.makeCurrent()) {
            only(source.search(question(Map.of("recipient", "ana@rivercounty.example"))));
        }

        // then
        List<SpanData> requests = spans.of(asked.getSpanContext().getTraceId());
        assertThat(requests)
                .extracting(SpanData::getName)
                .hasSize(server.requests())
                .containsOnly("POST Exchange server");
        assertThat(requests).allSatisfy(request -> {
            assertThat(request.getKind()).isEqualTo(SpanKind.CLIENT);
            assertThat(request.getParentSpanId())
                    .isEqualTo(asked.getSpanContext().getSpanId());
            assertThat(RecordedSpans.text(request))
                    .doesNotContain("rivercounty", "contoso", "canary", StandInExchange.PASSWORD);
        });
    }

    private void writeLog() throws IOException {
        Files.write(
                directory.resolve(LogFixture.file("MSGTRK", now.minus(Duration.ofHours(30)))),
                LogFixture.bytes(LogFixture.header(now.minus(Duration.ofHours(30)))));
        Files.write(
                directory.resolve(LogFixture.file("MSGTRK", now)),
                LogFixture.bytes(
                        LogFixture.header(sent.minusSeconds(1)),
                        LogFixture.line(sent, "SMTP", "RECEIVE", mail("<both@contoso.example>")),
                        LogFixture.line(now.minusSeconds(6), "SMTP", "SEND", mail("<both@contoso.example>"))));
    }

    private OnPremSource source(String ask) {
        Map<String, String> values = LiveFixture.reaching(Map.of("EXCH01", server));
        values.put("mailtrace.onprem.ask", ask);
        values.put("mailtrace.onprem.servers.EXCH01.directory", directory.toString());
        values.put("mailtrace.onprem.poll", "50ms");
        values.put("mailtrace.onprem.live.deadline", "5s");
        OnPremSettings settings = LiveFixture.settings(values);
        Path file = directory.resolveSibling(directory.getFileName() + "-" + open.size() + ".db");
        TraceIndex index = SqliteIndex.open(new SqliteSettings(file, 1, RowBody.SAMPLE));
        open.add(index);
        Followers followers = FollowersFixture.started(settings, index);
        open.add(() -> FollowersFixture.stop(followers));
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> followers.states().stream()
                        .allMatch(state -> state.caughtUp() || state.failure().isPresent()));
        Site site = Site.of(java.util.Set.of("EXCH01"), List.of("rivercounty.example"), List.of(), List.of());
        return new OnPremSource(
                () -> "onprem-east",
                settings,
                index,
                followers,
                LiveFixture.servers(settings),
                site,
                Clock.systemUTC());
    }

    private Question question(Map<String, String> parameters) {
        Map<String, List<String>> all = new HashMap<>();
        all.put("from", List.of(now.minus(Duration.ofHours(20)).toString()));
        all.put("to", List.of(now.plusSeconds(60).toString()));
        parameters.forEach((name, value) -> all.put(name, List.of(value)));
        return Question.parse(all, Instant.now());
    }

    private static Observation only(SourceAnswer answer) {
        assertThat(answer.observations()).as(answer.explanation().orElse("")).hasSize(1);
        return answer.observations().getFirst();
    }

    private static String origin(TraceEvent event) {
        return event.raw().stream()
                .filter(field -> field.name().equals("row-origin"))
                .map(NameValue::value)
                .findFirst()
                .orElse("");
    }

    private static String[] mail(String messageId) {
        return new String[] {
            "message-id",
            messageId,
            "internal-message-id",
            "77",
            "recipient-address",
            "ana@rivercounty.example",
            "return-path",
            "sam@contoso.example"
        };
    }
}
