package org.mailtrace.onprem.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.onprem.follow.FollowedServer.NAME;
import static org.mailtrace.onprem.follow.FollowedServer.T0;
import static org.mailtrace.onprem.follow.FollowedServer.id;
import static org.mailtrace.onprem.follow.FollowedServer.row;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.onprem.LogFixture;

/** F24: thirty days of a server that writes a file an hour and deletes those of eight days ago, followed with five days kept. */
class F24LongRunTest {
    private static final int DAYS = 30;
    private static final Duration KEPT = Duration.ofDays(5);
    private static final Duration DELETED = Duration.ofDays(8);

    @TempDir
    private Path folder;

    private FollowedServer server;

    @BeforeEach
    void open() throws IOException {
        server = new FollowedServer(folder);
        server.keeping(KEPT);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void remembersNoMoreFilesThanThereAreHoweverManyThereWere() throws IOException {
        // given
        List<Integer> remembered = new ArrayList<>();
        int number = 0;

        // when
        for (int hour = 0; hour < DAYS * 24; hour++) {
            Instant start = T0.plus(Duration.ofHours(hour));
            server.clock.set(start.plusSeconds(600));
            server.write(
                    LogFixture.file("MSGTRK", start), LogFixture.header(start), row(number++, start.plusSeconds(1)));
            Files.deleteIfExists(server.logs().resolve(LogFixture.file("MSGTRK", start.minus(DELETED))));
            if (hour % 24 == 23) {
                server.look();
                new Purge(server.index(), server.retention()).run();
                remembered.add(server.index().checkpoints(NAME).size());
                hasAllThatIsKeptAndNothingElse(start.plusSeconds(1), number);
            }
            if (hour % 240 == 239) {
                server.restart();
            }
        }

        // then: those that are there, those of the day in which files are forgotten once, and the newest of those that
        // are gone
        int present = (int) DELETED.toHours();
        assertThat(remembered.getLast()).isBetween(present, present + 24 + 1);
        assertThat(remembered.getLast()).isEqualTo(remembered.get(12));
    }

    private void hasAllThatIsKeptAndNothingElse(Instant newest, int count) {
        Instant floor = newest.minus(KEPT);
        List<String> kept = IntStream.range(0, count)
                .filter(number ->
                        !newest.minus(Duration.ofHours(count - 1L - number)).isBefore(floor))
                .mapToObj(FollowedServer::id)
                .toList();
        assertThat(server.found(T0, newest.plusSeconds(60))).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(server.state().since()).contains(floor.isAfter(T0) ? floor : T0);
        assertThat(server.state().gaps()).isEmpty();
        assertThat(server.state().failure()).isEmpty();
        assertThat(server.deadLetters()).isEmpty();
    }

    @Test
    void forgetsOnlyWhatIsGoneAndTooOldByEvidenceAndByOurClock() {
        // given
        Oblivion oblivion = new Oblivion();
        Retention retention = new Retention(Duration.ofDays(1));
        Set<String> known = Set.of(
                "MSGTRK2026111810-1.LOG",
                "MSGTRK2026111810-2.LOG",
                "MSGTRK2026111811-1.LOG",
                "MSGTRKMD2026111810-1.LOG",
                "MSGTRK2026112010-1.LOG",
                "other");

        // when, then: nothing is old by the evidence, then by our clock
        assertThat(oblivion.due(known, Set.of(), retention, T0.plus(Duration.ofDays(99))))
                .isEmpty();
        retention.seen(T0);
        assertThat(new Oblivion().due(known, Set.of(), retention, T0.minus(Duration.ofDays(2))))
                .isEmpty();

        // when
        Set<String> forgotten = new Oblivion().due(known, Set.of("MSGTRK2026111810-2.LOG"), retention, T0);

        // then: neither what is there, nor the newest of each kind
        assertThat(forgotten).containsExactly("MSGTRK2026111810-1.LOG");
    }

    @Test
    void doesNotReadAForgottenFileThatComesBack() throws IOException {
        // given
        String first = LogFixture.file("MSGTRK", T0);
        Path away = folder.resolve("away");
        for (int hour = 0; hour < 3; hour++) {
            Instant start = T0.plus(Duration.ofHours(hour));
            server.write(LogFixture.file("MSGTRK", start), LogFixture.header(start), row(hour, start.plusSeconds(1)));
        }
        server.look();
        Files.copy(server.logs().resolve(first), away);
        try (Stream<Path> files = Files.list(server.logs())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }

        // when
        Instant later = T0.plus(KEPT).plus(Duration.ofHours(6));
        server.clock.set(later.plusSeconds(60));
        server.write(LogFixture.file("MSGTRK", later), LogFixture.header(later), row(9, later.plusSeconds(1)));
        server.look();
        server.look();
        new Purge(server.index(), server.retention()).run();
        assertThat(server.index().checkpoints(NAME)).doesNotContainKey(first);
        Files.move(away, server.logs().resolve(first));
        server.look();

        // then
        assertThat(server.found(T0, later.plusSeconds(60))).containsExactly(id(9));
        assertThat(server.state().since()).contains(later);
    }
}
