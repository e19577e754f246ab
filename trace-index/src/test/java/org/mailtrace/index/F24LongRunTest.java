package org.mailtrace.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailtrace.contract.AddressPattern;

/**
 * F24: thirty days of mail, the clock moved from file to file, with seven days kept. Once the first days are purged the store
 * holds as much as before, however long it goes on; the last seven days are all there, and nothing older is.
 */
class F24LongRunTest {
    private static final int DAYS = 30;
    private static final Duration KEPT = Duration.ofDays(7);
    /** By then the first days have gone, and what is made anew has been made a few times. */
    private static final int SETTLED = 12;

    private static final Duration FILE = Duration.ofHours(3);
    private static final int FILES_A_DAY = 8;
    private static final int MESSAGES_A_FILE = 12;
    private static final int PURGED_AT_ONCE = 50;
    private static final Instant BEGIN = Instant.parse("2026-10-01T00:00:00Z");
    private static final String PART = "EXCH01";

    /** Trees and free lists breathe; what grows with each day would be twice as large after the settled days. */
    private static final double BREATHING = 1.25;

    private final Random random = new Random(24);
    private final List<Sent> sent = new ArrayList<>();
    private Instant now = BEGIN;

    @TempDir
    private Path folder;

    /** A message that was stored. */
    private record Sent(String group, Instant first, Instant last) {}

    @ParameterizedTest
    @EnumSource(Engine.class)
    void holdsNoMoreAfterThirtyDaysThanAfterTheDaysThatAreKept(Engine engine) {
        // given
        InstantSource moving = () -> now;
        Clock clock = moving.withZone(ZoneOffset.UTC);
        List<Held> held = new ArrayList<>();
        try (TraceIndex index = engine.open(folder, clock)) {
            assertThat(index.claim(PART)).isTrue();

            // when
            for (int day = 0; day < DAYS; day++) {
                for (int file = 0; file < FILES_A_DAY; file++) {
                    store(index, BEGIN.plus(Duration.ofDays(day)).plus(FILE.multipliedBy(file)));
                }
                purge(index);
                if (day == SETTLED || day == DAYS - 1) {
                    held.add(Held.by(engine, folder));
                }
                if (day % 3 == 2) {
                    hasAllThatIsKeptAndNothingElse(index);
                }
            }
        }

        // then
        Held settled = held.getFirst();
        Held last = held.getLast();
        assertThat(last.bytes()).as("bytes").isLessThan((long) (settled.bytes() * BREATHING));
        settled.rows()
                .forEach((table, rows) -> assertThat(last.rows().get(table))
                        .as(table)
                        .isLessThanOrEqualTo((long) (rows * BREATHING) + 2));
        assertThat(last.rows().keySet()).isEqualTo(settled.rows().keySet());
        assumeTrue(last.openFiles().isPresent(), "open files are counted only where /proc tells them");
        assertThat(last.openFiles().getAsLong())
                .as("open files")
                .isLessThanOrEqualTo(settled.openFiles().getAsLong() + 3);
    }

    /** One file, a record that cannot be read, and a message of two days ago that was deferred until now. */
    private void store(TraceIndex index, Instant begun) {
        now = begun.plus(FILE);
        List<IndexRow> rows = new ArrayList<>();
        for (int i = 0; i < MESSAGES_A_FILE; i++) {
            Instant first = begun.plusSeconds(i * 60L);
            Sent message = new Sent("g" + sent.size(), first, first.plusSeconds(40));
            sent.add(message);
            rows.add(row(message, first, "received"));
            rows.add(row(message, message.last(), "delivered"));
        }
        int late = sent.size() - 2 * FILES_A_DAY * MESSAGES_A_FILE;
        if (late >= 0 && late % (FILES_A_DAY * MESSAGES_A_FILE) == 0) {
            Sent before = sent.get(late);
            Sent wentOn = new Sent(before.group(), before.first(), begun.plusSeconds(5));
            sent.set(late, wentOn);
            rows.add(row(wentOn, wentOn.last(), "deferred"));
        }
        String file = "MSGTRK-" + begun + ".LOG";
        index.append(new Batch(
                rows,
                List.of(new DeadLetter(PART, file, 9, "Too few columns.", "2026-")),
                List.of(new Checkpoint(PART, file, "4711")),
                List.of(new Coverage(PART, "MSGTRK", BEGIN, now))));
    }

    /** What a service does: messages in small steps, and where reading stood in files that are gone by now. */
    private void purge(TraceIndex index) {
        Instant before = now.minus(KEPT);
        while (index.purge(before, PURGED_AT_ONCE) == PURGED_AT_ONCE) {
            // The next step goes on.
        }
        List<String> gone = index.checkpoints(PART).keySet().stream()
                .filter(file -> Instant.parse(file.substring("MSGTRK-".length(), file.length() - ".LOG".length()))
                        .isBefore(before))
                .toList();
        index.forget(PART, gone);
    }

    private void hasAllThatIsKeptAndNothingElse(TraceIndex index) {
        Instant floor = index.purgedBefore().orElseThrow();
        assertThat(floor).isBetween(now.minus(KEPT).truncatedTo(ChronoUnit.DAYS), now.minus(KEPT));
        Set<String> kept = sent.stream()
                .filter(message -> !message.last().isBefore(floor))
                .map(Sent::group)
                .collect(Collectors.toSet());
        assertThat(found(index)).isEqualTo(kept);
        assertThat(index.coverage(PART))
                .singleElement()
                .satisfies(lane -> assertThat(lane.since()).isEqualTo(floor.isAfter(BEGIN) ? floor : BEGIN));
        Sent oldest = sent.getFirst();
        assertThat(index.find(oldest.group()).isPresent()).isEqualTo(kept.contains(oldest.group()));
    }

    private Set<String> found(TraceIndex index) {
        Set<String> found = new HashSet<>();
        Optional<Place> after = Optional.empty();
        boolean more = true;
        while (more) {
            Found page = index.search(new IndexQuery(
                    Optional.of(new AddressPattern("*@contoso.example")),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    BEGIN,
                    now,
                    false,
                    after,
                    1000,
                    Duration.ofSeconds(30)));
            page.messages().forEach(message -> found.add(message.group()));
            more = page.more();
            after = page.messages().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Place(
                            page.messages().getLast().firstSeen(),
                            page.messages().getLast().group()));
        }
        return found;
    }

    private IndexRow row(Sent message, Instant at, String event) {
        return new IndexRow(
                message.group() + event,
                at,
                PART,
                message.group(),
                List.of("<" + message.group() + "@contoso.example>"),
                Optional.of("sender-" + message.group() + "@contoso.example"),
                Optional.empty(),
                List.of("ana@rivercounty.example", "r" + random.nextInt(200) + "@rivercounty.example"),
                Optional.of("Subject of " + message.group()),
                false,
                event + " " + Long.toHexString(random.nextLong()).repeat(12));
    }
}
