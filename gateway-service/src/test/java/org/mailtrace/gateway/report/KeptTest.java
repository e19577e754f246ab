package org.mailtrace.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.Outcome;
import org.mailtrace.gateway.Flow;
import org.mailtrace.gateway.answer.Trace;
import org.mailtrace.gateway.answer.TraceAnswer;
import org.mailtrace.gateway.answer.TraceRecipient;
import org.mailtrace.gateway.format.Table;
import org.mailtrace.gateway.search.Shape;
import org.mailtrace.gateway.search.Whole;
import org.mailtrace.gateway.store.StoredJson;
import org.mailtrace.gateway.words.PageWords;
import org.mailtrace.http.json.JsonRules;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.Lease;
import org.mailtrace.jobs.NewJob;
import org.mailtrace.jobs.Step;
import org.mailtrace.jobs.sqlite.SqliteStore;

class KeptTest {
    private static final int LIMIT = 200_000;
    private static final String LAST = "recipient-2999@rivercounty.example";

    @TempDir
    private Path folder;

    private final ObjectMapper mapper = new ObjectMapper().findAndRegisterModules();
    private Jobs jobs;
    private Kept kept;

    @BeforeEach
    void open() {
        new JsonRules().customize(mapper);
        jobs = SqliteStore.open(folder.resolve("jobs.db"), Flow.CLOCK).jobs();
        kept = new Kept(
                jobs, new StoredJson(mapper), Flow.settings(Map.of("mailtrace.body-limit", Integer.toString(LIMIT))));
    }

    @AfterEach
    void close() {
        jobs.close();
    }

    @Test
    void aTraceThatIsLargerThanABodyIsShownInPartAndThatIsSaid() throws Exception {
        // given
        String report = reported(trace(3000));

        // when
        TraceAnswer page = kept.page(report, Optional.empty(), 100, Shape.JSON, "http://localhost/")
                .answer();

        // then
        Trace shown = page.traces().getFirst();
        assertThat(mapper.writeValueAsBytes(page).length).isBetween(LIMIT / 5, LIMIT);
        assertThat(shown.recipients().getFirst().address()).isEqualTo(LAST);
        assertThat(shown.notices()).extracting(Trace.Notice::code).contains("TWO_MAILBOXES", "RECIPIENTS_LEFT_OUT");
        assertThat(page.warnings()).containsExactly("Known before.", PageWords.cut());
    }

    @Test
    void aTableOfItIsCutByItsOwnSizeAndSaysANoticeOnlyOfTheRecipientThatItIsAbout() {
        // given
        String report = reported(trace(3000));

        // when
        String table = Table.of(kept.page(report, Optional.empty(), 100, Shape.TABLE, "http://localhost/")
                .answer());

        // then
        assertThat(table.getBytes(StandardCharsets.UTF_8).length).isBetween(LIMIT / 5, LIMIT);
        List<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(table.substring(1)).stream()
                .toList();
        assertThat(rows.getFirst().getField("recipient")).isEqualTo(LAST);
        assertThat(rows.getFirst().getField("notices"))
                .contains("Two mailboxes.")
                .contains("3000 recipients");
        assertThat(rows.get(1).getField("notices"))
                .doesNotContain("Two mailboxes.")
                .contains("3000 recipients");
        assertThat(rows.getLast().getField("notices")).contains(PageWords.cut());
    }

    @Test
    void aTraceThatFitsIsShownWhole() {
        // given
        Trace trace = trace(5);
        String report = reported(trace);

        // when
        TraceAnswer page =
                kept.page(report, Optional.empty(), 100, Shape.JSON, "").answer();

        // then
        assertThat(page.traces()).containsExactly(trace);
        assertThat(page.warnings()).containsExactly("Known before.");
    }

    private String reported(Trace trace) {
        String id = jobs.submit(new NewJob("kind", "owner", Optional.empty(), "{}", "{}", Duration.ofDays(1)))
                .job()
                .id();
        Lease lease =
                jobs.claim(Set.of("kind"), "worker", Duration.ofMinutes(1)).orElseThrow();
        lease.commit(new Step(
                "{}", "{}", kept.findings(new Whole.Result(List.of(new Whole.Kept("key", trace)), answer(), true))));
        return id;
    }

    private static TraceAnswer answer() {
        return new TraceAnswer(
                new TraceAnswer.QueryEcho(
                        Optional.empty(),
                        List.of(LAST),
                        Optional.empty(),
                        Optional.empty(),
                        Flow.ago(600),
                        Flow.NOW,
                        100,
                        Optional.empty()),
                true,
                "1 message found.",
                Optional.of("America/Denver"),
                List.of(),
                List.of(),
                List.of("Known before."),
                new TraceAnswer.PageLinks(Optional.empty()));
    }

    private static Trace trace(int recipients) {
        return new Trace(
                "t",
                Optional.of(Flow.ID),
                Optional.empty(),
                Optional.of("sam@contoso.example"),
                Optional.empty(),
                Optional.of("Quarterly report"),
                Optional.empty(),
                Direction.INBOUND,
                Flow.NOW,
                Flow.NOW,
                List.of("edge"),
                new Trace.Join(Trace.Confidence.EXACT, List.of()),
                IntStream.range(0, recipients).mapToObj(KeptTest::recipient).toList(),
                List.of(
                        new Trace.Notice("CODE", "Of the message."),
                        new Trace.Notice("TWO_MAILBOXES", "Two mailboxes.", Optional.of(LAST))),
                List.of(),
                List.of(),
                new Trace.Links("traces/t", List.of()));
    }

    private static TraceRecipient recipient(int number) {
        return new TraceRecipient(
                "recipient-" + number + "@rivercounty.example",
                Outcome.DELIVERED,
                Direction.INBOUND,
                Optional.of("edge"),
                Optional.of(Flow.NOW),
                Optional.empty(),
                List.of(),
                List.of(),
                "Edge put it into the mailbox at 09:14.",
                Optional.empty(),
                List.of());
    }
}
