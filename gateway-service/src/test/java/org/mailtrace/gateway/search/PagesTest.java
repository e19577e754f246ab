package org.mailtrace.gateway.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.Flow;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.ask.Inquiry;
import org.mailtrace.gateway.join.Joiner;
import org.mailtrace.gateway.join.NextHops;
import org.mailtrace.gateway.search.Reading.Entry;
import org.mailtrace.gateway.settings.GatewaySettings;

class PagesTest {
    private static final int ENDLESS = 2000;
    private static final int LONGEST_CURSOR = 1500;

    private final GatewaySettings settings = Flow.settings();
    private final NextHops hops = new NextHops(settings);
    private final Joiner joiner = new Joiner(settings.sameMessageWithin(), hops);
    private final Pages usual = new Pages(settings, hops);
    /** They ask so little that no great number of rows is a crowd. */
    private final Pages hasty = new Pages(Flow.settings(Map.of("mailtrace.page-turns", "2")), hops);

    private final Cursors cursors = new Cursors(new Seal(settings));
    private final Mail mail = new Mail();

    /** All pages, one after another. */
    private final class Walk {
        final List<Reading> readings = new ArrayList<>();
        final List<List<Entry>> shown = new ArrayList<>();
        final Set<String> places = new HashSet<>();
        private final Pages pages;
        private final Question question;

        Walk(Question question) {
            this(usual, question);
        }

        Walk(Pages pages, Question question) {
            this.pages = pages;
            this.question = question;
        }

        Walk toTheEnd() {
            return toTheEnd(page -> {});
        }

        /**
         * Walks.
         *
         * @param before told of the number of each page before it is asked for
         */
        Walk toTheEnd(IntConsumer before) {
            Optional<Cursor> cursor = Optional.empty();
            do {
                before.accept(readings.size());
                cursor = page(cursor);
                assertThat(readings).as("pages").hasSizeLessThan(ENDLESS);
            } while (cursor.isPresent());
            return this;
        }

        private Optional<Cursor> page(Optional<Cursor> cursor) {
            Asking asking = new Asking(
                    question, Set.copyOf(Flow.SYSTEMS), Set.of(), cursor, Map.of(), new Caller("Bearer none", "id"));
            Reading reading = pages.read(asking, mail);
            Inquiry inquiry = reading.inquiry();
            List<Entry> showable =
                    reading.showable(Search.matches(inquiry.messages(joiner), question, Set.of(), inquiry));
            List<Entry> page = showable.stream().limit(question.limit()).toList();
            readings.add(reading);
            shown.add(page);
            return reading.next(page, page.size() == showable.size()).map(this::carried);
        }

        /** As a caller carries it. */
        private Cursor carried(Cursor cursor) {
            String text = cursors.encoded(cursor);
            assertThat(text).hasSizeLessThan(LONGEST_CURSOR);
            // What is sealed differs each time; what it says has to as well.
            assertThat(places.add(cursor.shownDownTo() + " " + cursor.overlap() + " " + cursor.waits()))
                    .as("another place than before")
                    .isTrue();
            Cursor read = cursors.read(text, new ArrayList<>()).orElseThrow();
            assertThat(read).isEqualTo(cursor);
            return read;
        }

        List<String> ids() {
            return shown.stream()
                    .flatMap(List::stream)
                    .map(entry -> Memory.id(entry.message()).orElseThrow())
                    .toList();
        }

        List<Instant> times() {
            return shown.stream()
                    .flatMap(List::stream)
                    .map(entry -> entry.message().firstSeen())
                    .toList();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14})
    void everyMessageIsShownOnceNewestFirstHoweverDenseMailIs(long seed) {
        // given
        Random random = new Random(seed);
        long[] gaps = {3_600_000, 300_000, 20_000, 3_000, 1_000, 500, 0};
        long gap = gaps[(int) (seed % gaps.length)];
        int count = gap > 1_000_000 ? 60 : 200 + random.nextInt(800);
        long span = Math.max(1, count * gap);
        Instant to = Flow.NOW;
        Instant from = to.minusMillis(span).minus(Duration.ofMinutes(2L + random.nextInt(30)));
        Map<String, Duration> clocks = Map.of(
                "edge", Duration.ofMillis(random.nextInt(300_000)),
                "house", Duration.ofMillis(random.nextInt(300_000)),
                "cloud", Duration.ofMillis(random.nextInt(300_000)));
        for (int i = 0; i < count; i++) {
            arrive(i, to.minusMillis(gap == 0 ? 600_000 : (long) (random.nextDouble() * span)), clocks, random);
        }
        Map<String, Instant> expected = mail.within(from, to);
        int limit = List.of(20, 100, 100, 1000).get(random.nextInt(4));
        int dies = 1 + random.nextInt(4);
        int[] further = {count};

        // when
        Walk walk = new Walk(Mail.question(from, to, limit)).toTheEnd(page -> {
            mail.areBack();
            if (page == dies) {
                mail.isAway(Flow.SYSTEMS.get(random.nextInt(3)), SourceState.TIMED_OUT);
            }
            for (int i = 0; page > 0 && i < 5; i++) {
                arrive(further[0]++, to.plusSeconds(600L * page + i), clocks, random);
            }
        });

        // then
        assertThat(walk.ids()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected.keySet());
        assertThat(walk.times()).isSortedAccordingTo((one, other) -> other.compareTo(one));
        assertThat(walk.readings).allMatch(reading -> reading.crowdedAt().isEmpty());
    }

    /** At one to three sources, each by its own clock, and up to 20 seconds on the way. */
    private void arrive(int message, Instant at, Map<String, Duration> clocks, Random random) {
        List<String> sources = new ArrayList<>(Flow.SYSTEMS);
        Collections.shuffle(sources, random);
        sources.subList(0, 1 + random.nextInt(3))
                .forEach(source ->
                        mail.saw(source, message, at.plus(clocks.get(source)).plusMillis(random.nextInt(20_000))));
    }

    @ParameterizedTest(name = "{0} messages, one in {1} ms, {2} to a page")
    @CsvSource({"3000, 1000, 100", "1000, 3000, 100", "4000, 500, 1000", "400, 0, 100"})
    void endsWithEveryMessageShownOnceWhereOneSourceIsDense(int count, long gap, int limit) {
        // given
        for (int i = 0; i < count; i++) {
            mail.saw("cloud", i, Flow.NOW.minusMillis(1 + i * gap));
        }

        // when
        Walk walk = new Walk(Mail.question(Flow.NOW.minus(Duration.ofDays(1)), Flow.NOW, limit)).toTheEnd();

        // then
        assertThat(walk.ids()).hasSize(count).doesNotHaveDuplicates();
        assertThat(walk.shown).hasSizeLessThanOrEqualTo(count / limit + 3);
    }

    @Test
    void anOverfullMomentIsSaidToBeOverfullAndIsGotPast() {
        // given
        Instant moment = Flow.NOW.minusSeconds(3600);
        for (int i = 0; i < 1_500; i++) {
            mail.saw("cloud", i, moment);
        }
        mail.saw("cloud", 20_000, moment.plusSeconds(1800));
        mail.saw("cloud", 20_001, moment.minusSeconds(1800));

        // when
        Walk walk = new Walk(hasty, Mail.question(Flow.NOW.minus(Duration.ofDays(1)), Flow.NOW, 100)).toTheEnd();

        // then
        assertThat(walk.ids())
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(1_000)
                .contains(Mail.id(20_000), Mail.id(20_001));
        assertThat(walk.readings).anyMatch(reading -> reading.crowdedAt().isPresent());
    }

    @Test
    void moreThanCanBeReadWithinTheSkewIsShownAndSaidToBeUnsure() {
        // given
        for (int i = 0; i < 3_000; i++) {
            mail.saw("cloud", i, Flow.NOW.minusMillis(1 + i * 100L));
        }

        // when
        Walk walk = new Walk(hasty, Mail.question(Flow.NOW.minus(Duration.ofDays(1)), Flow.NOW, 100)).toTheEnd();

        // then
        assertThat(walk.ids()).doesNotHaveDuplicates().hasSize(3_000);
        assertThat(walk.readings.getFirst().crowdedAt()).isPresent();
    }

    @Test
    void aMessageThatWasHeldForHoursIsShownOnceAlthoughItsSightingsLieOnTwoPages() {
        // given
        Instant night = Flow.NOW.minusSeconds(3600);
        for (int i = 0; i < 120; i++) {
            mail.saw("cloud", i, night.minusSeconds(300L * i));
            if (i != 5) {
                mail.saw("edge", i, night.minusSeconds(300L * i + 10));
            }
        }
        mail.saw("edge", 5, night.minus(Duration.ofHours(9)));

        // when
        Walk walk = new Walk(Mail.question(Flow.NOW.minus(Duration.ofDays(1)), Flow.NOW, 20)).toTheEnd();

        // then
        assertThat(walk.ids()).hasSize(120).doesNotHaveDuplicates();
    }

    @Test
    void aMessageIdThatIsUsedAgainHidesNothing() {
        // given two messages under one id, in places far apart
        Instant night = Flow.NOW.minusSeconds(3600);
        for (int i = 0; i < 60; i++) {
            mail.saw("cloud", i, night.minusSeconds(900L * i));
        }
        mail.saw("cloud", 5, night.minus(Duration.ofDays(8)));

        // when
        Walk walk = new Walk(Mail.question(Flow.NOW.minus(Duration.ofDays(10)), Flow.NOW, 20)).toTheEnd();

        // then
        assertThat(walk.ids()).hasSize(61);
    }

    @Test
    void waitsForASourceThatLookedBeforeAndGoesOnWithoutItInTheEnd() {
        // given
        for (int i = 0; i < 50; i++) {
            mail.saw(i % 2 == 0 ? "cloud" : "edge", i, Flow.NOW.minusSeconds(600L * (i + 1)));
        }

        // when
        Walk walk = new Walk(Mail.question(Flow.NOW.minus(Duration.ofDays(1)), Flow.NOW, 10)).toTheEnd(page -> {
            if (page == 1) {
                mail.isAway("edge", SourceState.CIRCUIT_OPEN);
            }
        });

        // then
        assertThat(walk.shown.get(1)).isEmpty();
        assertThat(walk.shown.get(2)).isEmpty();
        assertThat(walk.readings.stream()
                        .map(reading -> reading.holdsBack(List.of()))
                        .limit(4))
                .containsExactly(false, true, true, false);
        assertThat(walk.readings.get(1).awaited()).containsExactly("edge");
        assertThat(walk.shown.get(3)).hasSize(10);
        assertThat(walk.ids()).doesNotHaveDuplicates().hasSize(5 + 25);
    }

    @Test
    void aSourceThatIsAwayFromTheBeginningIsNotWaitedFor() {
        // given
        for (int i = 0; i < 30; i++) {
            mail.saw("cloud", i, Flow.NOW.minusSeconds(600L * (i + 1)));
        }
        mail.isAway("edge", SourceState.FAILED);

        // when
        Walk walk = new Walk(Mail.question(Flow.NOW.minus(Duration.ofDays(1)), Flow.NOW, 10)).toTheEnd();

        // then
        assertThat(walk.shown).hasSize(3).allMatch(page -> page.size() == 10);
    }

    @Test
    void aSourceThatGoesInCirclesEndsAsOneThatFailed() {
        // given
        for (int i = 0; i < 200; i++) {
            mail.saw("edge", i, Flow.NOW.minusSeconds(i + 1));
        }
        mail.saw("cloud", 1000, Flow.NOW.minus(Duration.ofHours(3)));
        mail.goesInCircles("edge");

        // when
        Walk walk = new Walk(Mail.question(Flow.NOW.minus(Duration.ofDays(1)), Flow.NOW, 20)).toTheEnd();

        // then
        assertThat(walk.ids()).contains(Mail.id(1000)).doesNotHaveDuplicates();
        assertThat(walk.readings)
                .anyMatch(reading -> reading.inquiry().answerOf("edge").state() == SourceState.FAILED);
    }

    @Test
    void asksOnceForAPageThatNoSourceHasMoreOf() {
        // given
        for (int i = 0; i < 120; i++) {
            mail.saw("cloud", i, Flow.NOW.minusSeconds(1200L * (i + 1)));
        }

        // when
        new Walk(Mail.question(Flow.NOW.minus(Duration.ofDays(10)), Flow.NOW, 100)).toTheEnd();

        // then
        assertThat(mail.questions).isEqualTo(2 * Flow.SYSTEMS.size());
    }
}
