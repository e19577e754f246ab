package org.mailtrace.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailtrace.contract.AddressPattern;

/** Random rows in random order with repetitions, asked at random: the index says what a plain list of rows says. */
class OracleTest {
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final int MESSAGES = 300;
    private static final int QUESTIONS = 60;
    private static final List<String> WORDS = List.of("invoice", "order", "Übergabe", "50%_off", "xa\"b", "meeting");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final List<IndexRow> rows = new ArrayList<>();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void answersAsAPlainListOfRowsWould(Engine engine) {
        // given
        try (TraceIndex index = engine.open(folder)) {
            fill(index);

            for (int i = 0; i < QUESTIONS; i++) {
                // when
                IndexQuery query = question();
                List<String> found = pages(index, query);

                // then
                assertThat(found).as("seed %d, question %d: %s", seed, i, query).isEqualTo(expected(query));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysTheSameAfterAPurgeAsIfTheOldHadNeverBeen(Engine engine) {
        // given
        try (TraceIndex index = engine.open(folder)) {
            fill(index);
            Instant before = BEGIN.plus(Duration.ofDays(12));

            // when
            int removed = 0;
            int step;
            do {
                step = index.purge(before, 37);
                removed += step;
            } while (step > 0);

            // then
            Map<String, List<IndexRow>> old = messages();
            old.values().removeIf(each -> !last(each).isBefore(before));
            assertThat(removed).as("seed %d", seed).isEqualTo(old.size()).isPositive();
            rows.removeIf(row -> old.containsKey(row.group()));
            for (int i = 0; i < QUESTIONS; i++) {
                IndexQuery query = question();
                assertThat(pages(index, query))
                        .as("seed %d, question %d", seed, i)
                        .isEqualTo(expected(query));
            }
            old.keySet().forEach(group -> assertThat(index.find(group)).isEmpty());
        }
    }

    private void fill(TraceIndex index) {
        for (int i = 0; i < MESSAGES; i++) {
            message("g" + i);
        }
        List<IndexRow> arriving = new ArrayList<>(rows);
        arriving.addAll(rows.subList(0, rows.size() / 3));
        Collections.shuffle(arriving, random);
        for (int from = 0; from < arriving.size(); ) {
            int to = Math.min(arriving.size(), from + 1 + random.nextInt(60));
            index.append(Batch.of(arriving.subList(from, to)));
            from = to;
        }
    }

    private void message(String group) {
        Instant at = BEGIN.plusSeconds(random.nextInt(30 * 86_400));
        Optional<String> sender = random.nextInt(5) == 0 ? Optional.empty() : Optional.of(address());
        boolean noise = random.nextInt(6) == 0;
        String subject = subject();
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            rows.add(new IndexRow(
                    group + "/" + i,
                    at.plusSeconds(random.nextInt(7200)),
                    "EXCH0" + random.nextInt(2),
                    group,
                    List.of("<" + group + "@x.example>", "id" + random.nextInt(20)),
                    random.nextInt(3) == 0 ? Optional.empty() : sender,
                    Optional.of(address()),
                    List.of(address(), address()),
                    random.nextInt(4) == 0 ? Optional.of(subject()) : Optional.of(subject),
                    noise || random.nextInt(4) == 0,
                    group + ",body," + i));
        }
    }

    private String address() {
        return random.nextInt(40) == 0
                ? "<>"
                : "User" + random.nextInt(25) + "@" + (random.nextBoolean() ? "a" : "b") + ".example";
    }

    private String subject() {
        StringBuilder subject = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            subject.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        return subject.toString();
    }

    private IndexQuery question() {
        Instant from = BEGIN.plusSeconds(random.nextInt(25 * 86_400));
        Instant to = from.plusSeconds(3600 + random.nextInt(20 * 86_400));
        int kind = random.nextInt(8);
        Optional<AddressPattern> sender = kind < 2 ? Optional.of(pattern()) : Optional.empty();
        List<AddressPattern> recipients =
                kind == 1 || kind == 2 || kind == 3 ? List.of(pattern(), pattern()) : List.of();
        Optional<String> subject = kind == 3 || kind == 4 || kind == 5
                ? Optional.of(WORDS.get(random.nextInt(WORDS.size())).substring(random.nextInt(2)))
                : Optional.empty();
        Optional<String> id = kind > 5 ? Optional.of("id" + random.nextInt(20)) : Optional.empty();
        return new IndexQuery(
                sender,
                recipients,
                subject,
                id,
                from,
                to,
                random.nextBoolean(),
                Optional.empty(),
                1 + random.nextInt(20),
                Duration.ofSeconds(20));
    }

    private AddressPattern pattern() {
        return new AddressPattern(
                random.nextInt(4) == 0 ? "*@a.example" : address().toLowerCase(Locale.ROOT));
    }

    /** All pages of the answer, one after the other. */
    private static List<String> pages(TraceIndex index, IndexQuery query) {
        List<String> groups = new ArrayList<>();
        Optional<Place> after = Optional.empty();
        while (true) {
            Found found = index.search(Questions.after(query, after));
            found.messages().forEach(message -> groups.add(message.group()));
            if (!found.more()) {
                return groups;
            }
            IndexedMessage last = found.messages().getLast();
            after = Optional.of(new Place(last.firstSeen(), last.group()));
        }
    }

    private List<String> expected(IndexQuery query) {
        return messages().values().stream()
                .filter(each -> matches(each, query))
                .sorted(Comparator.comparing(OracleTest::first)
                        .reversed()
                        .thenComparing(each -> each.getFirst().group()))
                .map(each -> each.getFirst().group())
                .toList();
    }

    private static boolean matches(List<IndexRow> message, IndexQuery query) {
        boolean senderKnown = message.stream().anyMatch(row -> row.sender().isPresent());
        Predicate<AddressPattern> sends = pattern -> message.stream()
                .flatMap(row -> senderKnown ? row.sender().stream() : row.author().stream())
                .anyMatch(pattern::matches);
        Predicate<AddressPattern> receives = pattern -> message.stream()
                .map(IndexRow::recipients)
                .flatMap(Collection::stream)
                .anyMatch(pattern::matches);
        Predicate<String> says = text -> message.stream()
                .flatMap(row -> row.subject().stream())
                .anyMatch(subject -> subject.strip().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)));
        return !first(message).isBefore(query.from())
                && first(message).isBefore(query.to())
                && (query.noise() || !message.stream().allMatch(IndexRow::noise))
                && query.sender().map(sends::test).orElse(true)
                && (query.recipients().isEmpty() || query.recipients().stream().anyMatch(receives))
                && query.subject().map(says::test).orElse(true)
                && query.id()
                        .map(id -> message.stream().anyMatch(row -> row.ids().contains(id)))
                        .orElse(true);
    }

    private Map<String, List<IndexRow>> messages() {
        Map<String, List<IndexRow>> messages = new HashMap<>();
        rows.forEach(row ->
                messages.computeIfAbsent(row.group(), any -> new ArrayList<>()).add(row));
        return messages;
    }

    private static Instant first(List<IndexRow> message) {
        return message.stream().map(IndexRow::at).min(Instant::compareTo).orElseThrow();
    }

    private static Instant last(List<IndexRow> message) {
        return message.stream().map(IndexRow::at).max(Instant::compareTo).orElseThrow();
    }
}
