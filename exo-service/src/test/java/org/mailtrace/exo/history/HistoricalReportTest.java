package org.mailtrace.exo.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.Settings;
import org.mailtrace.exo.history.csv.FileKind;
import org.mailtrace.exo.history.csv.ReportWriter;
import org.mailtrace.exo.history.csv.UnfitFile;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.report.ReportDesk;
import org.mailtrace.exo.report.ThoroughSearch;
import org.mailtrace.exo.report.ThoroughSearch.Declined;
import org.mailtrace.exo.report.ThoroughSearch.Finished;
import org.mailtrace.exo.report.ThoroughSearch.Found;
import org.mailtrace.exo.report.ThoroughSearch.Stage;
import org.mailtrace.exo.report.ThoroughSearch.Waiting;
import org.mailtrace.exo.trace.Window;
import org.mailtrace.exo.words.HistoryWords;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.http.problem.ProblemException;
import org.mailtrace.jobs.SharedBudget;

class HistoricalReportTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final String REPORT = "report-1";
    private static final Map<String, String> ANA = Map.of("recipient", "ana@rivercounty.example");

    @TempDir
    Path directory;

    private final FakeSearches searches = new FakeSearches();
    private int searchesLeft = 250;
    private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private Optional<String> memory = Optional.empty();

    @Test
    void startsOneSearchThatEndsWhereTheArchiveEnds() {
        // when
        Stage stage = goOn(ANA);

        // then
        assertThat(stage).isInstanceOf(Waiting.class);
        assertThat(((Waiting) stage).until()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
        SearchOrder order = searches.started.getFirst();
        assertThat(order.title()).isEqualTo("Mailtrace report-1");
        assertThat(order.from()).isEqualTo(Instant.parse("2026-11-19T10:00:00Z"));
        assertThat(order.to()).isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
        assertThat(order.criteria().recipients()).containsExactly("ana@rivercounty.example");
        assertThat(searchesLeft).isEqualTo(249);
    }

    @Test
    void findsTheSearchAgainAfterItsAnswerWasLost() {
        // given
        searches.losesTheAnswer();
        assertThatThrownBy(() -> goOn(ANA)).isInstanceOf(SourceFailure.class);
        clock = Clock.fixed(NOW.plus(Duration.ofHours(1)), ZoneOffset.UTC);

        // when
        Stage stage = goOn(ANA);
        searches.isDone(Optional.of(0L), Optional.empty());
        Stage end = goOn(ANA);

        // then
        assertThat(stage).isInstanceOf(Waiting.class);
        assertThat(searches.started).hasSize(1);
        assertThat(searchesLeft).isEqualTo(249);
        assertThat(((Finished) end).upTo())
                .isEqualTo(searches.started.getFirst().to());
    }

    @Test
    void startsNoneWhenTheDaysSearchesAreUsedUp() {
        // given
        searchesLeft = 0;

        // when
        SourceFailure failure = catchThrowableOfType(SourceFailure.class, () -> goOn(ANA));

        // then
        assertThat(failure.state()).isEqualTo(SourceState.THROTTLED);
        assertThat(failure).hasMessage(HistoryWords.NO_SEARCHES_LEFT);
        assertThat(searches.started).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"subject=report", "messageId=4451a062-48cb-e80d-e8c0-196330437ae6", "sender=*@contoso.example"})
    void declinesWhatNoHistoricalSearchCanBeAskedFor(String question) {
        // given
        String[] parts = question.split("=", 2);

        // when
        Stage stage = goOn(Map.of(parts[0], parts[1]));

        // then
        assertThat(stage).isEqualTo(new Declined(HistoryWords.NEEDS_AN_ADDRESS));
        assertThat(searches.started).isEmpty();
    }

    @Test
    void declinesAWindowOfWhichNothingIsArchived() {
        // when
        Stage stage = goOn(Map.of("recipient", "ana@rivercounty.example", "from", "2026-11-22T11:00:00Z"));

        // then
        assertThat(stage).isEqualTo(new Declined(HistoryWords.notArchived(Duration.ofHours(24))));
    }

    @Test
    void waitsForWordsItDoesNotKnowAndSaysWhenItIsLate() {
        // given
        goOn(ANA);
        searches.is("Pondering");

        // then
        assertThat(((Waiting) goOn(ANA)).explanation()).isEqualTo(HistoryWords.UNKNOWN_STATUS);

        // given
        clock = Clock.fixed(NOW.plus(Duration.ofHours(13)), ZoneOffset.UTC);
        searches.is("InProgress");

        // then
        assertThat(((Waiting) goOn(ANA)).explanation()).isEqualTo(HistoryWords.LATE);
    }

    @Test
    void leavesACancelledAFailedAndAForgottenSearchToTheUsualWay() {
        // given
        goOn(ANA);

        // then
        searches.is("Cancelled");
        assertThat(goOn(ANA)).isEqualTo(new Declined(HistoryWords.SEARCH_CANCELLED));
        searches.is("Failed");
        assertThat(goOn(ANA)).isEqualTo(new Declined(HistoryWords.SEARCH_FAILED));
        searches.isForgotten();
        assertThat(goOn(ANA)).isEqualTo(new Declined(HistoryWords.SEARCH_GONE));
    }

    @Test
    void takesNoRowsForAnAnswerAndNoFileForNone() {
        // given
        goOn(ANA);
        searches.isDone(Optional.empty(), Optional.empty());

        // then
        assertThat(((Waiting) goOn(ANA)).explanation()).isEqualTo(HistoryWords.noFileNamed(REPORT));

        // given
        searches.isDone(Optional.of(0L), Optional.empty());

        // then
        assertThat(goOn(ANA))
                .isEqualTo(new Finished(
                        Instant.parse("2026-11-22T10:00:00Z"),
                        Optional.empty(),
                        List.of(HistoryWords.GROUPS_MAY_BE_MISSED)));
    }

    @Test
    void asksForTheFileAndReadsTheOneThatIsHandedIn() throws Exception {
        // given
        waitForFile(ANA);

        // when
        handIn(ANA, "synthetic-extended.csv");
        List<String> found = new ArrayList<>();
        Stage stage = goOn(ANA);
        while (stage instanceof Found some) {
            some.rows()
                    .forEach(row ->
                            found.add(row.row().recipient() + " " + row.row().status()));
            stage = goOn(ANA);
        }

        // then
        assertThat(found)
                .containsExactlyInAnyOrder(
                        "board@rivercounty.example EXPAND",
                        "ana@rivercounty.example DELIVER",
                        "mia@fabrikam.example SENDEXTERNAL",
                        "carl@rivercounty.example RESOLVE",
                        "carla@rivercounty.example FAIL",
                        "sam@contoso.example SENDEXTERNAL",
                        "dora@rivercounty.example TELEPORT");
        Finished finished = (Finished) stage;
        assertThat(finished.missing()).isEmpty();
        assertThat(finished.warnings()).contains(HistoryWords.otherNumberOfRows(9, 20));
    }

    @Test
    void saysThatRowsAreMissingWhenSomeCannotBeRead() throws Exception {
        // given
        waitForFile(ANA);
        String good = ReportWriter.csv(
                "\r\n",
                List.of(
                        ReportWriter.EXTENDED,
                        List.of(
                                "2026-11-20T07:30:00Z",
                                "STOREDRIVER",
                                "DELIVER",
                                "<a@contoso.example>",
                                ReportWriter.guid(1),
                                "ana@rivercounty.example",
                                "",
                                "",
                                "Report",
                                "sam@contoso.example")));
        handIn(ANA, new ByteArrayInputStream((good + "torn,row\r\n").getBytes(StandardCharsets.UTF_8)));

        // when
        Stage stage = goOn(ANA);
        while (stage instanceof Found) {
            stage = goOn(ANA);
        }

        // then
        assertThat(((Finished) stage).missing()).contains(HistoryWords.rowsBroken(1, List.of(3L)));
    }

    @Test
    void refusesAFileOfAnotherQuestionWithEveryFault() throws Exception {
        // given
        Map<String, String> other = Map.of(
                "recipient", "zoe@rivercounty.example", "sender", "kim@contoso.example", "messageId", "<z@x.example>");
        waitForFile(other);

        // when
        List<String> faults = faults(other, "synthetic-summary.csv");

        // then
        assertThat(faults)
                .containsExactly(
                        HistoryWords.otherKind("extended report"),
                        HistoryWords.NO_ROW_FROM_SENDER,
                        HistoryWords.NO_ROW_FOR_RECIPIENT,
                        HistoryWords.NO_ROW_OF_MESSAGE);
        assertThat(files().reports()).isEmpty();
    }

    @Test
    void refusesAFileFromStrangersAndASecondOne() throws Exception {
        // given
        waitForFile(ANA);

        // then
        assertThatThrownBy(() -> desk(ANA).take(REPORT, "somebody", false, fixture("synthetic-extended.csv")))
                .isInstanceOf(ProblemException.class)
                .hasMessage(HistoryWords.NO_SUCH_REPORT);
        desk(ANA).take(REPORT, "an operator", true, fixture("synthetic-extended.csv"));
        assertThatThrownBy(() -> handIn(ANA, "synthetic-extended.csv"))
                .isInstanceOf(ProblemException.class)
                .hasMessage(HistoryWords.FILE_UNFIT);
    }

    @Test
    void leavesNothingOfAFileThatIsTooLarge() {
        // given
        waitForFile(ANA);
        InputStream large = new ByteArrayInputStream(new byte[200_000]);

        // then
        assertThatThrownBy(() -> desk(ANA).take(REPORT, "owner", false, large))
                .isInstanceOf(ProblemException.class)
                .hasMessage(HistoryWords.FILE_TOO_LARGE);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void keepsFilesWhereOnlyItsOwnAccountReadsThem() throws Exception {
        // given
        directory = directory.resolve("history");
        waitForFile(ANA);

        // when
        handIn(ANA, "synthetic-extended.csv");

        // then
        assertThat(rights(directory)).isEqualTo("rwx------");
        assertThat(rights(files().of(REPORT).orElseThrow())).isEqualTo("rw-------");
    }

    private static String rights(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void removesTheFileOnceTheReportIsOver() throws Exception {
        // given
        waitForFile(ANA);
        handIn(ANA, "synthetic-extended.csv");
        FileSweep working = new FileSweep(files(), id -> Optional.of(ordered(ANA, memory)));
        FileSweep over = new FileSweep(files(), id -> Optional.empty());

        // then
        working.sweep();
        assertThat(files().reports()).containsExactly(REPORT);
        over.sweep();
        assertThat(files().reports()).isEmpty();
    }

    private void waitForFile(Map<String, String> asked) {
        goOn(asked);
        searches.isDone(Optional.of(9L), Optional.of("https://files.example/report"));
        Waiting waiting = (Waiting) goOn(asked);
        assertThat(waiting.explanation()).isEqualTo(HistoryWords.awaitingFile(REPORT));
        assertThat(((Waiting) goOn(asked)).explanation()).isEqualTo(HistoryWords.awaitingFile(REPORT));
    }

    private List<String> faults(Map<String, String> asked, String file) throws Exception {
        assertThatThrownBy(() -> handIn(asked, file))
                .isInstanceOf(ProblemException.class)
                .hasMessage(HistoryWords.FILE_UNFIT);
        Path received = files().receive(fixture(file));
        UnfitFile unfit = catchThrowableOfType(
                UnfitFile.class,
                () -> new FileCheck(question(asked), FileKind.EXTENDED, Optional.of(9L)).check(received));
        files().discard(received);
        return unfit.faults();
    }

    private void handIn(Map<String, String> asked, String file) {
        handIn(asked, fixture(file));
    }

    private void handIn(Map<String, String> asked, InputStream file) {
        desk(asked).take(REPORT, "owner", false, file);
    }

    private static InputStream fixture(String file) {
        return HistoricalReportTest.class.getResourceAsStream("/history/" + file);
    }

    private HandIn desk(Map<String, String> asked) {
        return new HandIn(id -> Optional.of(ordered(asked, memory)), files(), json());
    }

    private ReportDesk.Ordered ordered(Map<String, String> asked, Optional<String> remembered) {
        return new ReportDesk.Ordered("owner", false, question(asked), remembered);
    }

    /** Each time with nothing in memory but what the store would have kept. */
    private Stage goOn(Map<String, String> asked) {
        Window window = new Window(question(asked).from(), NOW.minusSeconds(5));
        Stage stage = report().goOn(
                        new ThoroughSearch.Task(REPORT, question(asked), NOW, window, memory),
                        Errand.report(Duration.ofSeconds(30), clock));
        memory = switch (stage) {
            case Waiting waiting -> Optional.of(waiting.memory());
            case Found found -> Optional.of(found.memory());
            default -> memory;
        };
        return stage;
    }

    private HistoricalReport report() {
        return new HistoricalReport(
                searches,
                new SearchPlan(settings()),
                new SearchBudget(new Counted()),
                (id, url, errand) -> false,
                files(),
                json(),
                settings(),
                Settings.of(ThoroughSettings.class, Map.of("mailtrace.exo.report.thorough", "historical-search")),
                clock);
    }

    private ReportFiles files() {
        return new ReportFiles(settings(), clock);
    }

    private HistorySettings settings() {
        return Settings.of(
                HistorySettings.class,
                Map.of(
                        "mailtrace.exo.history.directory",
                        directory.toString(),
                        "mailtrace.exo.history.max-file-bytes",
                        "100000",
                        "mailtrace.exo.history.messages-per-step",
                        "2"));
    }

    private static MemoryJson json() {
        return new MemoryJson(JsonMapper.builder()
                .addModules(new Jdk8Module(), new JavaTimeModule())
                .build());
    }

    private static Question question(Map<String, String> asked) {
        Map<String, List<String>> parameters = new java.util.TreeMap<>();
        parameters.put("from", List.of("2026-11-19T10:00:00Z"));
        parameters.put("advanced", List.of("true"));
        asked.forEach((name, value) -> parameters.put(name, List.of(value)));
        return Question.parse(parameters, NOW);
    }

    private final class Counted implements SharedBudget {
        @Override
        public Optional<Duration> take(int requests, int reserve) {
            return searchesLeft == 0 ? Optional.of(Duration.ofHours(1)) : taken();
        }

        private Optional<Duration> taken() {
            searchesLeft--;
            return Optional.empty();
        }

        @Override
        public int remaining() {
            return searchesLeft;
        }

        @Override
        public Duration pause(Optional<Duration> pause) {
            return pause.orElse(Duration.ZERO);
        }
    }
}
