package org.mailtrace.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.contract.AddressPattern;

/**
 * The same rows into every store, in another order, other batches and with other repetitions in each; then every kind of
 * question. All stores say the same to the last row. {@code -Dmailtrace.differential.seed} replays a run.
 */
class DifferentialTest {
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final int MESSAGES = 160;
    private static final int QUESTIONS = 130;
    private static final List<String> WORDS = List.of(
            "Invoice",
            "ORDER",
            "\u00DCbergabe",
            "50%_off",
            "xa\"b",
            "B\u0131lg\u0131",
            "\u212Aelvin",
            "\u03A3\u03BF\u03C6\u03AF\u03B1\u03C2",
            "a\\b\\%",
            "\u65E5\u672C\u8A9E\u306E\u4EF6",
            "\uD83D\uDCE6\uD83D\uDCE6\uD83D\uDCE6",
            "nul\u0000in",
            "half\uD83Dpair",
            "!!!---!!!",
            "  spaced  out  ",
            "'); DROP TABLE message; --",
            "NEAR(a b)",
            "\u00DF\u1E9E\u017F\u0130i\u0307",
            "meeting\nroom");

    private final long seed = Long.getLong("mailtrace.differential.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<IndexRow> rows = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void allStoresAnswerEveryQuestionAlike() {
        // given
        for (int i = 0; i < MESSAGES; i++) {
            message("g" + Integer.toString(random.nextInt(1_000_000), 36) + '-' + i);
        }
        try (TraceIndex one = Engine.SQLITE.open(folder);
                TraceIndex other = Engine.POSTGRESQL.open(folder)) {
            fill(one);
            fill(other);

            // when, then
            compare(one, other, QUESTIONS);
            Instant before = BEGIN.plus(Duration.ofDays(9));
            purge(one, before);
            purge(other, before);
            compare(one, other, QUESTIONS / 2);
            assertThat(other.purgedBefore()).isEqualTo(one.purgedBefore()).contains(before);

            // when: rows of what was purged come late
            List<IndexRow> late = new ArrayList<>(rows.subList(0, rows.size() / 2));
            one.append(Batch.of(late));
            Collections.shuffle(late, random);
            other.append(Batch.of(late));

            // then
            compare(one, other, QUESTIONS / 2);
        }
    }

    private void compare(TraceIndex one, TraceIndex other, int questions) {
        for (int i = 0; i < questions; i++) {
            IndexQuery query = question();
            Optional<Place> after = Optional.empty();
            while (true) {
                IndexQuery page = Questions.after(query, after);
                Found found = one.search(page);
                assertThat(other.search(page))
                        .as("seed %d, question %d: %s", seed, i, page)
                        .isEqualTo(found);
                if (!found.more()) {
                    break;
                }
                after = Optional.of(new Place(
                        found.messages().getLast().firstSeen(),
                        found.messages().getLast().group()));
            }
        }
        for (int i = 0; i < 60; i++) {
            String group = rows.get(random.nextInt(rows.size())).group();
            assertThat(other.find(group)).as("seed %d", seed).isEqualTo(one.find(group));
        }
        assertThat(other.find("nobody")).isEqualTo(one.find("nobody")).isEmpty();
        for (String part : List.of("EXCH00", "EXCH01", "EXCH02", "unknown")) {
            assertThat(other.coverage(part)).isEqualTo(one.coverage(part));
            assertThat(other.checkpoints(part)).isEqualTo(one.checkpoints(part));
            assertThat(other.deadLetters(part, 100)).isEqualTo(one.deadLetters(part, 100));
            assertThat(other.deadLetterCount(part)).isEqualTo(one.deadLetterCount(part));
        }
    }

    private static void purge(TraceIndex index, Instant before) {
        while (index.purge(before, 29) > 0) {
            // The next step.
        }
    }

    /** In an order of its own; where readers stand comes in the same order everywhere. */
    private void fill(TraceIndex index) {
        List<IndexRow> arriving = new ArrayList<>(rows);
        for (int i = 0; i < rows.size() / 3; i++) {
            arriving.add(rows.get(random.nextInt(rows.size())));
        }
        Collections.shuffle(arriving, random);
        int number = 0;
        for (int from = 0; from < arriving.size(); number++) {
            int to = Math.min(arriving.size(), from + 1 + random.nextInt(80));
            index.append(new Batch(arriving.subList(from, to), letters(number), checkpoints(number), coverage(number)));
            from = to;
        }
        for (; number < 2000; number += 100) {
            index.append(new Batch(List.of(), letters(number), checkpoints(1999), coverage(1999)));
        }
    }

    private static List<DeadLetter> letters(int number) {
        return number < 10
                ? List.of(
                        new DeadLetter("EXCH0" + number % 3, "f" + number % 4, number % 5, "Bad.", "x\u0000y"),
                        new DeadLetter("EXCH00", "f", 1, "The same again.", "z"))
                : List.of();
    }

    private static List<Checkpoint> checkpoints(int number) {
        return List.of(
                new Checkpoint("EXCH00", "f" + number % 2, Integer.toString(number / 1000)),
                new Checkpoint("EXCH01", "\u00DC.log", "1|\u0000|x"));
    }

    private static List<Coverage> coverage(int number) {
        return List.of(new Coverage("EXCH00", "L", BEGIN, BEGIN.plusSeconds(number / 1000)));
    }

    private void message(String group) {
        Instant at = BEGIN.plusSeconds(random.nextInt(20 * 86_400)).plusMillis(random.nextInt(1000));
        boolean tied = random.nextInt(4) == 0;
        if (tied) {
            // Several in one millisecond, and at midnight.
            at = BEGIN.plus(Duration.ofDays(random.nextInt(3) + 8L));
        }
        boolean noise = random.nextInt(6) == 0;
        Optional<String> sender = random.nextInt(5) == 0 ? Optional.empty() : Optional.of(address());
        String subject = subject();
        int count = 1 + random.nextInt(random.nextInt(40) == 0 ? 300 : 6);
        for (int i = 0; i < count; i++) {
            rows.add(new IndexRow(
                    group + "/" + i,
                    at.plusMillis(
                            tied && i == 0
                                    ? 0
                                    : random.nextInt(4) == 0 ? random.nextInt(3 * 86_400_000) : random.nextInt(9000)),
                    "EXCH0" + random.nextInt(3),
                    group,
                    List.of("<" + group + "@x.example>", "id" + random.nextInt(30)),
                    random.nextInt(3) == 0 ? Optional.empty() : sender,
                    random.nextBoolean() ? Optional.of(address()) : Optional.empty(),
                    List.of(address(), address()),
                    random.nextInt(4) == 0 ? Optional.of(subject()) : Optional.of(subject),
                    noise || random.nextInt(4) == 0,
                    group + ",body\u0000 \uD83D\uDCE6," + i + "," + subject));
        }
    }

    private String address() {
        return switch (random.nextInt(40)) {
            case 0 -> "<>";
            case 1 -> "postmaster";
            case 2 -> "J\u00DCRGEN@B\u00FCcher.example";
            default -> "User" + random.nextInt(25) + "@" + (random.nextBoolean() ? "a" : "B") + ".example";
        };
    }

    private String subject() {
        StringBuilder subject = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            subject.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        return subject.toString();
    }

    private IndexQuery question() {
        Instant from = BEGIN.plusSeconds(random.nextInt(18 * 86_400));
        Instant to =
                random.nextInt(10) == 0 ? from.plusMillis(1) : from.plusSeconds(3600 + random.nextInt(20 * 86_400));
        if (random.nextInt(8) == 0) {
            from = Instant.EPOCH;
        }
        int kinds = 1 + random.nextInt(15);
        return new IndexQuery(
                (kinds & 1) != 0 ? Optional.of(pattern()) : Optional.empty(),
                (kinds & 2) != 0 ? patterns() : List.of(),
                (kinds & 4) != 0 ? Optional.of(text()) : Optional.empty(),
                (kinds & 8) != 0 ? Optional.of("id" + random.nextInt(30)) : Optional.empty(),
                from,
                to,
                random.nextBoolean(),
                Optional.empty(),
                1 + random.nextInt(random.nextBoolean() ? 4 : 120),
                Duration.ofSeconds(30));
    }

    private List<AddressPattern> patterns() {
        List<AddressPattern> patterns = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            patterns.add(pattern());
        }
        return patterns;
    }

    private AddressPattern pattern() {
        return new AddressPattern(
                switch (random.nextInt(8)) {
                    case 0, 1 -> "*@a.example";
                    case 2 -> "*@b.example";
                    case 3 -> "*@nowhere.example";
                    default -> "user" + random.nextInt(27) + "@" + (random.nextBoolean() ? "a" : "b") + ".example";
                });
    }

    /** A piece of a subject in whatever case, of three characters or more. */
    private String text() {
        String subject = subject();
        int[] points = subject.codePoints().toArray();
        int from = random.nextInt(Math.max(1, points.length - 3));
        int length = Math.min(points.length - from, 3 + random.nextInt(6));
        String text = new String(points, from, length);
        return switch (random.nextInt(4)) {
            case 0 -> text.toUpperCase(Locale.ROOT);
            case 1 -> text.toLowerCase(Locale.ROOT);
            case 2 -> text.replace('a', '%');
            default -> text;
        };
    }
}
