package org.mailtrace.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.mailtrace.index.Questions.id;
import static org.mailtrace.index.Questions.query;
import static org.mailtrace.index.Questions.recipient;
import static org.mailtrace.index.Questions.sender;
import static org.mailtrace.index.Questions.subject;
import static org.mailtrace.index.Questions.window;
import static org.mailtrace.index.Rows.onlySubject;
import static org.mailtrace.index.Rows.row;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.AddressPattern;

/** What every store does. */
public abstract class IndexContract extends WithIndex {
    protected static final Instant NOON = Questions.NOON;
    private static final int MOST_DEAD_LETTERS = 10_000;

    /** The moment at which this store sets things aside. */
    protected Instant now() {
        return Instant.now();
    }

    @Test
    void knowsAMessageAgainWhoseGroupNoStoreKeepsAsItIs() {
        for (String group : List.of("nul\u0000inside", "half\uD83Dpair", "whole\uD83D\uDCE6pair")) {
            // when
            index.append(Batch.of(List.of(row("k1", NOON, group, "sam@contoso.example", "Hello"))));
            index.append(Batch.of(List.of(row("k2", NOON, group, "sam@contoso.example", "Hello"))));

            // then
            assertThat(index.find(group).orElseThrow().rows()).hasSize(2);
        }
        assertThat(groups(sender("sam@contoso.example"))).hasSize(3).contains("whole\uD83D\uDCE6pair");
    }

    @Test
    void tellsHowLargeItIsAndFromWhenItsOldestMessageIs() {
        // given
        IndexSize empty = index.size();

        // when
        index.append(Batch.of(List.of(
                row("k1", NOON.plusSeconds(60), "g1", "sam@contoso.example", "Hello"),
                row("k2", NOON.plusSeconds(90), "g1", "sam@contoso.example", "Hello"),
                row("k3", NOON.plusSeconds(100), "g2", "sam@contoso.example", "Hello"))));

        // then
        assertThat(empty.messages()).isZero();
        assertThat(empty.oldest()).isEmpty();
        assertThat(empty.bytes()).isPositive();
        assertThat(index.size().oldest()).contains(NOON.plusSeconds(90));
        assertThat(index.size().bytes()).isGreaterThan(empty.bytes());
        assertThat(index.size().free().isPresent()).isEqualTo(!index.isShared());
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
    void comparesLettersInItsOwnWayAndNeverInTheStores() {
        // given
        List<String> subjects = List.of(
                "Stra\u00DFe gesperrt",
                "B\u0131lg\u0131 notu",
                "\u039F\u0394\u039F\u03A3 \u03A3\u03BF\u03C6\u03AF\u03B1\u03C2",
                "\u212Aelvin scale",
                "\u65E5\u672C\u8A9E\u306E\u4EF6\u540D",
                "Box \uD83D\uDCE6\uD83D\uDCE6\uD83D\uDCE6 sent",
                "nul\u0000inside",
                "half\uD83Dpair",
                "E\u0301toile");
        for (int i = 0; i < subjects.size(); i++) {
            index.append(Batch.of(List.of(row("k" + i, NOON, "g" + i, "a@contoso.example", subjects.get(i)))));
        }

        // when, then
        assertThat(groups(subject("STRA\u00DFE"))).containsExactly("g0");
        assertThat(groups(subject("strasse"))).isEmpty();
        assertThat(groups(subject("BILGI"))).containsExactly("g1");
        assertThat(groups(subject("\u03BF\u03B4\u03BF\u03C3"))).containsExactly("g2");
        assertThat(groups(subject("\u03C3\u03BF\u03C6\u03AF\u03B1\u03C3"))).containsExactly("g2");
        assertThat(groups(subject("kelvin"))).containsExactly("g3");
        assertThat(groups(subject("\u672C\u8A9E\u306E"))).containsExactly("g4");
        assertThat(groups(subject("\uD83D\uDCE6\uD83D\uDCE6\uD83D\uDCE6"))).containsExactly("g5");
        assertThat(groups(subject("nul\u0000in"))).containsExactly("g6");
        assertThat(groups(subject("LF\uD83DPAI"))).containsExactly("g7");
        assertThat(groups(subject("e\u0301to"))).containsExactly("g8");
        assertThat(groups(subject("eto"))).isEmpty();
    }

    @Test
    void takesBackslashesAndPunctuationLiterally() {
        // given
        index.append(Batch.of(List.of(
                row("k1", NOON, "g1", "a@contoso.example", "C:\\temp\\% done!!!"),
                row("k2", NOON, "g2", "a@contoso.example", "C:/temp/x done"))));

        // when, then
        assertThat(groups(subject("\\temp\\%"))).containsExactly("g1");
        assertThat(groups(subject("!!!"))).containsExactly("g1");
        assertThat(groups(subject(":/t"))).containsExactly("g2");
        assertThat(groups(subject("\\\\t"))).isEmpty();
        assertThat(groups(subject("%%%"))).isEmpty();
        assertThat(groups(subject("___"))).isEmpty();
    }

    @Test
    void keepsWhatLogsHoldEvenIfItIsNoText() {
        // given
        DeadLetter letter = new DeadLetter("EXCH01", "a.LOG", 77, "A NUL.", "20\u000026-\u0000");
        Checkpoint checkpoint = new Checkpoint("EXCH01", "a.LOG", "9 \u0000 fields");

        // when
        index.append(new Batch(List.of(), List.of(letter), List.of(checkpoint), List.of()));

        // then
        assertThat(index.deadLetters("EXCH01", 10)).containsExactly(letter);
        assertThat(index.checkpoints("EXCH01")).containsEntry("a.LOG", checkpoint.position());
    }

    @Test
    void keepsAllRowsOfALongMessageAndSaysWhenItShowsOnlySome() {
        // given
        List<IndexRow> rows = new ArrayList<>();
        for (int i = 0; i < 5200; i++) {
            rows.add(row("k" + i, NOON.plusMillis(i), "g", "sam@contoso.example", "Loop"));
        }
        for (int from = 0; from < 5200; from += 650) {
            index.append(Batch.of(rows.subList(from, from + 650)));
            index.append(Batch.of(rows.subList(Math.max(0, from - 300), from + 20)));
            if (from == 3900) {
                assertThat(index.find("g").orElseThrow().rows()).hasSize(4550);
            }
        }

        // when: an older row moves all of them
        index.append(Batch.of(List.of(row("k", NOON.minus(Duration.ofHours(20)), "g", "sam@contoso.example", "Loop"))));

        // then
        IndexedMessage message =
                index.search(sender("sam@contoso.example")).messages().getFirst();
        assertThat(message.firstSeen()).isEqualTo(NOON.minus(Duration.ofHours(20)));
        assertThat(message.rowsComplete()).isFalse();
        assertThat(message.rows()).hasSize(5000);
        assertThat(index.find("g")).contains(message);
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
        index = open();

        // then
        assertThat(index.checkpoints("EXCH01")).containsEntry("a.LOG", "9").hasSize(1);
        assertThat(index.coverage("EXCH01")).containsExactly(coverage);
        assertThat(index.deadLetters("EXCH01", 10)).containsExactly(letter);
        assertThat(index.deadLetterCount("EXCH01")).isOne();
        assertThat(index.checkpoints("EXCH02")).isEmpty();
    }

    @Test
    void forgetsWhereReadersOfStreamsStoodThatWillNotComeAgain() {
        // given
        index.append(new Batch(
                List.of(row("k1", NOON, "g1", "sam@contoso.example", "Hello")),
                List.of(),
                List.of(
                        new Checkpoint("EXCH01", "a.LOG", "1"),
                        new Checkpoint("EXCH01", "b.LOG", "2"),
                        new Checkpoint("EXCH02", "a.LOG", "3")),
                List.of()));

        // when
        index.forget("EXCH01", List.of("a.LOG", "never-there.LOG"));

        // then
        assertThat(index.checkpoints("EXCH01")).containsOnly(entry("b.LOG", "2"));
        assertThat(index.checkpoints("EXCH02")).containsOnly(entry("a.LOG", "3"));
        assertThat(groups(sender("sam@contoso.example"))).containsExactly("g1");
    }

    @Test
    void purgesWhatWasSetAsideBefore() {
        index.append(aside(List.of(letter(1))));

        index.purge(now().minus(Duration.ofHours(1)), 10);
        assertThat(index.deadLetterCount("EXCH01")).isOne();

        index.purge(now().plus(Duration.ofHours(1)), 10);
        assertThat(index.deadLetterCount("EXCH01")).isZero();
    }

    @Test
    void keepsTheNewestOfWhatWasSetAside() {
        List<DeadLetter> letters = IntStream.range(0, MOST_DEAD_LETTERS + 5)
                .mapToObj(IndexContract::letter)
                .toList();

        index.append(aside(letters));
        index.append(aside(List.of(letter(-1))));

        assertThat(index.deadLetterCount("EXCH01")).isEqualTo(MOST_DEAD_LETTERS);
        assertThat(index.deadLetters("EXCH01", 2)).containsExactly(letter(-1), letters.getLast());
    }

    @Test
    void findsTheNewestSubjectsAlsoWhenOldLogsWereReadLast() {
        // given: many messages, the newest read first, the oldest last, and a few in no order at all
        Random random = new Random(11);
        int count = 24_576;
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

    private static Instant days(int ago) {
        return NOON.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(ago));
    }

    @Test
    void neverClaimsWhatWasPurgedWhateverIsKeptOrReadLater() {
        // given
        index.append(
                new Batch(List.of(), List.of(), List.of(), List.of(new Coverage("EXCH01", "MSGTRK", days(9), NOON))));
        index.purge(days(3), 10);

        // when: what is kept longer from now on begins earlier, and an old log is read again
        index.purge(days(6), 10);
        index.append(
                new Batch(List.of(), List.of(), List.of(), List.of(new Coverage("EXCH01", "MSGTRK", days(9), NOON))));

        // then
        assertThat(index.coverage("EXCH01")).containsExactly(new Coverage("EXCH01", "MSGTRK", days(3), NOON));
        assertThat(index.purgedBefore()).contains(days(3));
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

    protected static DeadLetter letter(int offset) {
        return new DeadLetter("EXCH01", "a.LOG", offset, "Too long.", "2026-");
    }

    protected static Batch aside(List<DeadLetter> letters) {
        return new Batch(List.of(), letters, List.of(), List.of());
    }

    protected final List<String> groups(IndexQuery query) {
        return Questions.found(index, query);
    }
}
