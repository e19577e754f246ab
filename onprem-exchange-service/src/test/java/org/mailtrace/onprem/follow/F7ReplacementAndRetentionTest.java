package org.mailtrace.onprem.follow;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.onprem.LogFixture;

/** F7: a file older than the retention appears, a file shrinks, a file is replaced under the same name. */
class F7ReplacementAndRetentionTest {
    private static final String FILE = "MSGTRK2026112010-1.LOG";

    @TempDir
    private Path folder;

    private final Heard heard = new Heard();
    private final Logger logger = Logger.getLogger("org.mailtrace.onprem.follow");
    private FollowedServer server;

    @BeforeEach
    void open() throws IOException {
        server = new FollowedServer(folder);
        logger.addHandler(heard);
    }

    @AfterEach
    void close() {
        logger.removeHandler(heard);
        server.close();
    }

    @Test
    void readsAReplacedFileFromItsBeginningAndSaysSoOnce() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1), row(2), row(3));
        server.look();

        // when
        server.write(FILE, LogFixture.header(T0.plusSeconds(5)), row(4));
        server.look();
        server.look();

        // then
        assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(2), id(3), id(4));
        assertThat(heard.about("replaced")).hasSize(1);
    }

    @Test
    void noticesAReplacedFileThatKeptItsHeaderAndGrewPastWhereReadingStood() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1), row(2));
        server.look();

        // when
        server.write(FILE, LogFixture.header(T0), row(3), row(4), row(5), row(6));
        server.look();

        // then
        assertThat(server.found()).hasSize(6);
        assertThat(server.rows()).isEqualTo(6);
        assertThat(heard.about("replaced")).hasSize(1);
    }

    @Test
    void readsAFileThatShrankFromItsBeginningAndSaysSoOnce() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1), row(2), row(3));
        server.look();

        // when
        server.write(FILE, LogFixture.header(T0), row(1));
        server.look();
        server.look();
        server.append(FILE, row(4));
        server.look();

        // then
        assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(2), id(3), id(4));
        assertThat(server.rows()).isEqualTo(4);
        assertThat(heard.about("cut")).hasSize(1);
    }

    @Test
    void doesNotReadAFileOlderThanTheRetentionAndSaysSoOnce() throws IOException {
        // given
        server.keeping(Duration.ofDays(30));
        Instant longAgo = T0.minus(Duration.ofDays(31));
        server.write(FILE, LogFixture.header(T0), row(1));
        server.write(LogFixture.file("MSGTRK", longAgo), LogFixture.header(longAgo), row(2, longAgo.plusSeconds(1)));

        // when
        server.look();
        server.look();

        // then
        assertThat(server.found(longAgo, T0)).isEmpty();
        assertThat(server.found()).containsExactly(id(1));
        assertThat(server.state().since()).contains(T0);
        assertThat(server.state().leftOut()).isEmpty();
        assertThat(heard.about("older than the retention")).hasSize(1);
    }

    @Test
    void purgesWhatIsOlderThanTheRetentionAndClaimsNothingOfIt() throws IOException {
        // given
        server.keeping(Duration.ofDays(1));
        server.write(FILE, LogFixture.header(T0), row(1));
        server.look();
        Instant later = T0.plus(Duration.ofDays(1)).plusSeconds(600);

        // when
        server.clock.set(later.plusSeconds(10));
        server.write(LogFixture.file("MSGTRK", later), LogFixture.header(later), row(2, later.plusSeconds(1)));
        server.look();
        Purge purge = new Purge(server.index(), server.retention());
        purge.run();

        // then
        assertThat(server.found(T0, later.plusSeconds(60))).containsExactly(id(2));
        assertThat(server.state().since()).contains(later.plusSeconds(1).minus(Duration.ofDays(1)));
        server.restart();
        server.look();
        assertThat(server.found(T0, later.plusSeconds(60))).containsExactly(id(2));
        assertThat(server.state().since()).contains(later.plusSeconds(1).minus(Duration.ofDays(1)));
    }

    @Test
    void purgesNothingBecauseOurOwnClockIsWrong() throws IOException {
        // given
        server.keeping(Duration.ofDays(1));
        server.write(FILE, LogFixture.header(T0), row(1));
        server.look();

        // when
        server.clock.set(Instant.parse("2099-01-01T00:00:00Z"));
        server.look();
        new Purge(server.index(), server.retention()).run();

        // then
        assertThat(server.found()).containsExactly(id(1));
    }

    @Test
    void keepsEverythingWithoutARetention() throws IOException {
        // given
        Instant longAgo = T0.minus(Duration.ofDays(9000));
        server.write(LogFixture.file("MSGTRK", longAgo), LogFixture.header(longAgo), row(2, longAgo.plusSeconds(1)));
        server.write(FILE, LogFixture.header(T0), row(1));

        // when
        server.look();
        new Purge(server.index(), server.retention()).run();

        // then
        assertThat(server.found(longAgo, T0)).containsExactly(id(2));
        Files.delete(server.logs().resolve(LogFixture.file("MSGTRK", longAgo)));
        server.look();
        assertThat(server.state().since()).contains(longAgo);
    }

    /** What was logged. */
    private static final class Heard extends Handler {
        private final List<String> messages = new ArrayList<>();

        List<String> about(String words) {
            return messages.stream().filter(text -> text.contains(words)).toList();
        }

        @Override
        public void publish(LogRecord logged) {
            Object[] values = logged.getParameters();
            String message = String.valueOf(logged.getMessage());
            messages.add(values == null ? message : String.format(message, values));
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
