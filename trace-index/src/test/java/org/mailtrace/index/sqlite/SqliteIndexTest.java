package org.mailtrace.index.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Checkpoint;
import org.mailtrace.index.Coverage;
import org.mailtrace.index.DeadLetter;
import org.mailtrace.index.Found;
import org.mailtrace.index.IndexDeadlineException;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.Place;
import org.mailtrace.index.StoredRow;

class SqliteIndexTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    private Path folder;

    private SqliteIndex index;

    @BeforeEach
    void open() {
        index = SqliteIndex.open(new SqliteSettings(folder.resolve("index.db"), 2, "sample"));
    }

    @AfterEach
    void close() {
        index.close();
    }

    @Test
    void findsAMessageByEachOfItsFields() {
        // given
        index.append(Batch.of(List.of(row("k1", NOON, "g1", "sam@contoso.example", "Quarterly report"))));

        // when, then
        assertThat(groups(sender("sam@contoso.example"))).containsExactly("g1");
        assertThat(groups(sender("*@contoso.example"))).containsExactly("g1");
        assertThat(groups(recipient("Ana@RiverCounty.example"))).containsExactly("g1");
        assertThat(groups(recipient("*@rivercounty.example"))).containsExactly("g1");
        assertThat(groups(subject("RTERLY rep"))).containsExactly("g1");
        assertThat(groups(id("<g1@contoso.example>"))).containsExactly("g1");
        assertThat(groups(sender("else@contoso.example"))).isEmpty();
        assertThat(groups(subject("quartz"))).isEmpty();
        assertThat(index.find("g1")).map(IndexedMessage::group).contains("g1");
        assertThat(index.find("g2")).isEmpty();
    }

    @Test
    void storesTheSameRowOnlyOnce() {
        // given
        IndexRow row = row("k1", NOON, "g1", "sam@contoso.example", "Quarterly report");

        // when
        index.append(Batch.of(List.of(row, row)));
        index.append(Batch.of(List.of(row)));

        // then
        assertThat(index.find("g1").orElseThrow().rows())
                .extracting(StoredRow::body)
                .containsExactly("{}");
    }

    @Test
    void keepsBodiesAsTheyWere() {
        // given
        String body = "[\"subject\",\"Übergröße 📦 \\u0000\"]" + "x".repeat(20_000);

        // when
        index.append(Batch.of(List.of(new IndexRow(
                "k",
                NOON,
                "P",
                "g",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                false,
                body))));

        // then
        assertThat(index.find("g").orElseThrow().rows())
                .extracting(StoredRow::body)
                .containsExactly(body);
    }

    @Test
    void movesAMessageToItsEarliestRowWhicheverOrderTheRowsComeIn() {
        // given
        List<IndexRow> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            rows.add(row("k" + i, NOON.plusSeconds(i), "g", "sam@contoso.example", "Subject " + i));
        }
        Collections.shuffle(rows, new Random(7));

        // when
        rows.forEach(row -> index.append(Batch.of(List.of(row))));

        // then
        IndexedMessage message =
                index.search(sender("sam@contoso.example")).messages().getFirst();
        assertThat(message.firstSeen()).isEqualTo(NOON);
        assertThat(message.lastSeen()).isEqualTo(NOON.plusSeconds(19));
        assertThat(message.rows()).hasSize(20).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
        assertThat(groups(subject("subject 17"))).containsExactly("g");
        assertThat(groups(window(sender("sam@contoso.example"), NOON.plusMillis(1), NOON.plusSeconds(60))))
                .isEmpty();
        assertThat(groups(window(recipient("ana@rivercounty.example"), NOON, NOON.plusMillis(1))))
                .containsExactly("g");
    }

    @Test
    void findsBySenderHeaderOnlyWhileTheEnvelopeSenderIsUnknown() {
        // given
        IndexRow submitted = new IndexRow(
                "k1",
                NOON,
                "P",
                "g",
                List.of(),
                Optional.empty(),
                Optional.of("boss@rivercounty.example"),
                List.of(),
                Optional.empty(),
                false,
                "");
        index.append(Batch.of(List.of(submitted)));
        assertThat(groups(sender("boss@rivercounty.example"))).containsExactly("g");

        // when
        index.append(Batch.of(List.of(row("k2", NOON, "g", "robot@rivercounty.example", "Hello"))));

        // then
        assertThat(groups(sender("boss@rivercounty.example"))).isEmpty();
        assertThat(groups(sender("robot@rivercounty.example"))).containsExactly("g");
    }

    @Test
    void pagesNewestFirstWithoutLossOrRepetitionWhileRowsArrive() {
        // given
        for (int i = 0; i < 25; i++) {
            index.append(Batch.of(
                    List.of(row("k" + i, NOON.plusSeconds(i / 5), "g" + i, "sam@contoso.example", "Hello " + i))));
        }
        List<String> seen = new ArrayList<>();
        Optional<Place> after = Optional.empty();

        // when
        for (int page = 0; page < 5; page++) {
            Found found = index.search(
                    query(Optional.of("sam@contoso.example"), List.of(), Optional.empty(), Optional.empty(), after, 6));
            found.messages().forEach(message -> seen.add(message.group()));
            after = Optional.of(new Place(
                    found.messages().getLast().firstSeen(),
                    found.messages().getLast().group()));
            assertThat(found.more()).isEqualTo(page < 4);
            index.append(Batch.of(
                    List.of(row("n" + page, NOON.plusSeconds(100 + page), "n" + page, "sam@contoso.example", "New"))));
        }

        // then
        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void searchesAllConditionsTogether() {
        // given
        index.append(Batch.of(List.of(
                row("k1", NOON, "g1", "sam@contoso.example", "Quarterly report"),
                row("k2", NOON, "g2", "sam@contoso.example", "Holiday plan"),
                row("k3", NOON, "g3", "kim@contoso.example", "Quarterly report"))));

        // when
        Found found = index.search(query(
                Optional.of("*@contoso.example"),
                List.of("*@rivercounty.example", "ana@rivercounty.example"),
                Optional.of("report"),
                Optional.of("<g1@contoso.example>"),
                Optional.empty(),
                10));

        // then
        assertThat(found.messages()).extracting(IndexedMessage::group).containsExactly("g1");
        assertThat(groups(query(
                        Optional.of("kim@contoso.example"),
                        List.of("*@rivercounty.example"),
                        Optional.of("quarterly"),
                        Optional.empty(),
                        Optional.empty(),
                        10)))
                .containsExactly("g3");
    }

    @Test
    void takesOperatorsAndWildcardsInASubjectLiterally() {
        // given
        index.append(Batch.of(List.of(
                row("k1", NOON, "g1", "a@contoso.example", "100% off OR \"NEAR(a)\" _x_"),
                row("k2", NOON, "g2", "a@contoso.example", "100 percent off"))));

        // when, then
        assertThat(groups(subject("100%"))).containsExactly("g1");
        assertThat(groups(subject("\"near("))).containsExactly("g1");
        assertThat(groups(subject("_x_"))).containsExactly("g1");
        assertThat(groups(subject("off OR \""))).containsExactly("g1");
        assertThat(groups(subject("100* OR off"))).isEmpty();
    }

    @Test
    void hidesMessagesThatAreNothingButHousekeeping() {
        // given
        IndexRow probe = new IndexRow(
                "k1",
                NOON,
                "P",
                "g",
                List.of(),
                Optional.of("probe@rivercounty.example"),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                true,
                "");
        index.append(Batch.of(List.of(probe)));

        // when
        IndexQuery hidden = sender("probe@rivercounty.example");
        IndexQuery shown = new IndexQuery(
                hidden.sender(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                hidden.from(),
                hidden.to(),
                true,
                Optional.empty(),
                10,
                hidden.deadline());

        // then
        assertThat(groups(hidden)).isEmpty();
        assertThat(groups(shown)).containsExactly("g");
    }

    @Test
    void remembersCheckpointsCoverageAndDeadLettersOverAReopening() {
        // given
        Coverage coverage = new Coverage("EXCH01", "MSGTRK", NOON, NOON.plusSeconds(5));
        DeadLetter letter = new DeadLetter("EXCH01", "a.LOG", 77, "Too long.", "2026-");
        index.append(new Batch(
                List.of(),
                List.of(letter, letter),
                List.of(new Checkpoint("EXCH01", "a.LOG", "9")),
                List.of(coverage)));

        // when
        index.close();
        open();

        // then
        assertThat(index.checkpoints("EXCH01")).containsEntry("a.LOG", "9").hasSize(1);
        assertThat(index.coverage("EXCH01")).containsExactly(coverage);
        assertThat(index.deadLetters("EXCH01", 10)).containsExactly(letter);
        assertThat(index.deadLetterCount("EXCH01")).isOne();
        assertThat(index.checkpoints("EXCH02")).isEmpty();
    }

    private static DeadLetter letter(int offset) {
        return new DeadLetter("EXCH01", "a.LOG", offset, "Too long.", "2026-");
    }

    private static Batch aside(List<DeadLetter> letters) {
        return new Batch(List.of(), letters, List.of(), List.of());
    }

    @Test
    void purgesWhatWasSetAsideBefore() {
        index.append(aside(List.of(letter(1))));

        index.purge(Instant.now().minus(Duration.ofHours(1)), 10);
        assertThat(index.deadLetterCount("EXCH01")).isOne();

        index.purge(Instant.now().plus(Duration.ofHours(1)), 10);
        assertThat(index.deadLetterCount("EXCH01")).isZero();
    }

    @Test
    void keepsTheNewestOfWhatWasSetAside() {
        List<DeadLetter> letters = java.util.stream.IntStream.range(0, DeadLetterTable.MOST + 5)
                .mapToObj(SqliteIndexTest::letter)
                .toList();

        index.append(aside(letters));
        index.append(aside(List.of(letter(-1))));

        assertThat(index.deadLetterCount("EXCH01")).isEqualTo(DeadLetterTable.MOST);
        assertThat(index.deadLetters("EXCH01", 2)).containsExactly(letter(-1), letters.getLast());
    }

    @Test
    void givesAnAgeToWhatAnEarlierProgramSetAside() {
        index.append(aside(List.of(letter(1))));
        index.close();
        sql("DROP TABLE dead_letter_age");

        open();

        index.purge(Instant.now().minus(Duration.ofHours(1)), 10);
        assertThat(index.deadLetterCount("EXCH01")).isOne();
        index.purge(Instant.now().plus(Duration.ofHours(1)), 10);
        assertThat(index.deadLetterCount("EXCH01")).isZero();
    }

    @Test
    void storesNothingOfABatchThatFails() {
        // given
        IndexRow good = row("k1", NOON, "g1", "sam@contoso.example", "Hello");
        index.close();
        sql("CREATE TRIGGER full BEFORE INSERT ON checkpoint BEGIN SELECT RAISE(ABORT, 'no space'); END");
        open();

        // when
        assertThatThrownBy(() -> index.append(
                        new Batch(List.of(good), List.of(), List.of(new Checkpoint("P", "a", "1")), List.of())))
                .isInstanceOf(IndexException.class);

        // then
        assertThat(index.find("g1")).isEmpty();
        index.append(Batch.of(List.of(good)));
        assertThat(index.find("g1")).isPresent();
    }

    @Test
    void findsTheNewestSubjectsAlsoWhenOldLogsWereReadLast() {
        // given: three spans of messages, the newest read first, the oldest last, and a few in no order at all
        Random random = new Random(11);
        int count = 3 << Spans.BITS;
        List<Instant> times = new ArrayList<>();
        List<IndexRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant at = NOON.minusSeconds(i % 50 == 0 ? random.nextInt(count) : i);
            String subject = i % 7 == 0 ? "Water bill" : "Road works";
            rows.add(onlySubject("k" + i, at, "g" + i, subject));
            if (i % 7 == 0) {
                times.add(at);
            }
        }
        for (int from = 0; from < count; from += 4096) {
            index.append(Batch.of(rows.subList(from, Math.min(count, from + 4096))));
        }
        times.sort(Collections.reverseOrder());

        // when
        List<Instant> found = index.search(subject("water")).messages().stream()
                .map(IndexedMessage::firstSeen)
                .toList();
        Instant to = NOON.minusSeconds(count / 2);
        List<Instant> earlier =
                index.search(window(subject("water"), NOON.minus(Duration.ofDays(1)), to)).messages().stream()
                        .map(IndexedMessage::firstSeen)
                        .toList();

        // then
        assertThat(found).containsExactlyElementsOf(times.subList(0, 10));
        assertThat(earlier)
                .containsExactlyElementsOf(times.stream()
                        .filter(time -> time.isBefore(to))
                        .limit(10)
                        .toList());
    }

    @Test
    void neverClaimsWhatWasPurgedWhateverIsKeptOrReadLater() {
        // given
        index.append(new Batch(
                List.of(),
                List.of(),
                List.of(),
                List.of(new Coverage("EXCH01", "MSGTRK", NOON.minusSeconds(900), NOON))));
        index.purge(NOON.minusSeconds(300), 10);

        // when: what is kept longer from now on begins earlier, and an old log is read again
        index.purge(NOON.minusSeconds(600), 10);
        index.append(new Batch(
                List.of(),
                List.of(),
                List.of(),
                List.of(new Coverage("EXCH01", "MSGTRK", NOON.minusSeconds(900), NOON))));

        // then
        assertThat(index.coverage("EXCH01"))
                .containsExactly(new Coverage("EXCH01", "MSGTRK", NOON.minusSeconds(300), NOON));
        assertThat(index.purgedBefore()).contains(NOON.minusSeconds(300));
    }

    @Test
    void letsOneWriteAndOthersReadAtATime() {
        // given
        index.append(Batch.of(List.of(row("k1", NOON, "g1", "sam@contoso.example", "Hello"))));

        // when, then
        try (SqliteIndex other = SqliteIndex.open(new SqliteSettings(folder.resolve("index.db"), 1, ""))) {
            assertThat(other.find("g1")).isPresent();
            assertThatThrownBy(() ->
                            other.append(Batch.of(List.of(row("k2", NOON, "g2", "sam@contoso.example", "Hello")))))
                    .isInstanceOf(IndexException.class)
                    .hasMessageContaining("Another process writes the index");
            index.close();
            other.append(Batch.of(List.of(row("k2", NOON, "g2", "sam@contoso.example", "Hello"))));
            assertThat(other.find("g2")).isPresent();
        }
        open();
    }

    @Test
    void givesASearchUpAtItsDeadline() {
        // given
        List<IndexRow> rows = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            rows.add(row("k" + i, NOON.plusMillis(i), "g" + i, "sam@contoso.example", "Hello " + i));
        }
        index.append(Batch.of(rows));
        IndexQuery query = new IndexQuery(
                Optional.of(new AddressPattern("sam@contoso.example")),
                List.of(),
                Optional.of("nowhere"),
                Optional.empty(),
                NOON.minusSeconds(1),
                NOON.plusSeconds(60),
                false,
                Optional.empty(),
                10,
                Duration.ofNanos(1));

        // when, then
        assertThatThrownBy(() -> index.search(query)).isInstanceOf(IndexDeadlineException.class);
        assertThat(groups(id("<g7@contoso.example>"))).containsExactly("g7");
    }

    @Test
    void refusesAFileOfANewerVersion() {
        // given
        index.close();
        sql("PRAGMA user_version = 99");

        // when, then
        assertThatThrownBy(this::open)
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("index.db")
                .hasMessageContaining("newer Mailtrace");
        sql("PRAGMA user_version = 2");
        open();
    }

    @Test
    void refusesADatabaseOfAnotherProgramAndAFolderThatCannotBeWritten() throws Exception {
        // given
        Path foreign = folder.resolve("foreign.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + foreign);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE other(x)");
        }
        Path file = Files.createFile(folder.resolve("plain"));

        // when, then
        assertThatThrownBy(() -> SqliteIndex.open(new SqliteSettings(foreign, 1, "")))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("another program");
        assertThatThrownBy(() -> SqliteIndex.open(new SqliteSettings(file.resolve("index.db"), 1, "")))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("cannot be opened");
    }

    private void sql(String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("index.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> groups(IndexQuery query) {
        return index.search(query).messages().stream()
                .map(IndexedMessage::group)
                .toList();
    }

    private static IndexRow row(String key, Instant at, String group, String sender, String subject) {
        return new IndexRow(
                key,
                at,
                "EXCH01",
                group,
                List.of("<" + group + "@contoso.example>"),
                Optional.of(sender),
                Optional.of("header@contoso.example"),
                List.of("ana@rivercounty.example", "bo@rivercounty.example"),
                Optional.of(subject),
                false,
                "{}");
    }

    private static IndexRow onlySubject(String key, Instant at, String group, String subject) {
        return new IndexRow(
                key,
                at,
                "EXCH01",
                group,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of(subject),
                false,
                "");
    }

    private static IndexQuery sender(String sender) {
        return query(Optional.of(sender), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), 10);
    }

    private static IndexQuery recipient(String recipient) {
        return query(Optional.empty(), List.of(recipient), Optional.empty(), Optional.empty(), Optional.empty(), 10);
    }

    private static IndexQuery subject(String subject) {
        return query(Optional.empty(), List.of(), Optional.of(subject), Optional.empty(), Optional.empty(), 10);
    }

    private static IndexQuery id(String id) {
        return query(Optional.empty(), List.of(), Optional.empty(), Optional.of(id), Optional.empty(), 10);
    }

    private static IndexQuery window(IndexQuery query, Instant from, Instant to) {
        return new IndexQuery(
                query.sender(),
                query.recipients(),
                query.subject(),
                query.id(),
                from,
                to,
                query.noise(),
                query.after(),
                query.limit(),
                query.deadline());
    }

    private static IndexQuery query(
            Optional<String> sender,
            List<String> recipients,
            Optional<String> subject,
            Optional<String> id,
            Optional<Place> after,
            int limit) {
        return new IndexQuery(
                sender.map(AddressPattern::new),
                recipients.stream().map(AddressPattern::new).toList(),
                subject,
                id,
                NOON.minus(Duration.ofDays(1)),
                NOON.plus(Duration.ofDays(1)),
                false,
                after,
                limit,
                Duration.ofSeconds(10));
    }
}
