package org.mailtrace.onprem.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.onprem.follow.FollowedServer.T0;
import static org.mailtrace.onprem.follow.FollowedServer.id;
import static org.mailtrace.onprem.follow.FollowedServer.row;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.SourceState;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.onprem.LogFixture;

/** F4: a directory that may not be read, is away, is empty or is no directory; a file that may not be read. */
class F4DirectoryTest {
    private static final String FILE = "MSGTRK2026112010-1.LOG";
    private static final String NEXT = "MSGTRK2026112010-2.LOG";

    @TempDir
    private Path folder;

    private FollowedServer server;

    @BeforeEach
    void open() throws IOException {
        server = new FollowedServer(folder);
        server.write(FILE, LogFixture.header(T0), row(1));
        server.look();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void saysThatADirectoryMayNotBeReadAndHealsByItself() throws IOException {
        // given
        server.faulty().failListing(() -> new AccessDeniedException("/synthetic"));

        // when
        server.look();

        // then
        assertThat(server.state().failure())
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("EXCH01", "may not be read", "account")
                        .doesNotContain("/synthetic"));
        server.faulty().heal();
        server.append(FILE, row(2));
        server.look();
        assertThat(server.state().failure()).isEmpty();
        assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(2));
    }

    @Test
    void saysThatADirectoryIsAwayAndHealsByItself() throws IOException {
        // given
        Files.move(server.logs(), folder.resolve("away"));

        // when
        server.look();

        // then
        assertThat(server.state().failure())
                .hasValueSatisfying(text -> assertThat(text).contains("does not exist"));
        Files.writeString(server.logs(), "a file in its place");
        server.look();
        assertThat(server.state().failure())
                .hasValueSatisfying(text -> assertThat(text).contains("is a file"));
        Files.delete(server.logs());
        Files.move(folder.resolve("away"), server.logs());
        server.look();
        assertThat(server.state().failure()).isEmpty();
    }

    @Test
    void claimsNothingOfADirectoryWithoutTrackingLogs() throws IOException {
        // given
        Files.delete(server.logs().resolve(FILE));

        // when
        server.look();

        // then
        assertThat(server.state().failure())
                .hasValueSatisfying(text -> assertThat(text).contains("no tracking log"));
    }

    @Test
    void followsNoLinkOutOfTheDirectory() throws IOException {
        // given
        Path elsewhere = Files.writeString(folder.resolve("elsewhere.txt"), LogFixture.header(T0) + row(7));
        Files.createSymbolicLink(server.logs().resolve("MSGTRK2026112011-1.LOG"), elsewhere);

        // when
        server.look();

        // then
        assertThat(server.found()).containsExactly(id(1));
    }

    @Test
    void letsTheBacklogGrowAndClaimsNothingMoreWhileADirectoryIsAway() {
        // given
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        ServerFollower follower = new ServerFollower(
                "EXCH01",
                server.faulty(),
                server.index(),
                new FollowRules(
                        Optional.empty(), 4096, Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofHours(2)),
                new Retention(Duration.ZERO),
                server.clock);
        new FollowMetrics(registry, server.clock).watch("EXCH01", follower);
        assertThat(registry.get("mailtrace.onprem.read.age").gauge().value()).isNaN();
        follower.look();
        assertThat(registry.get("mailtrace.onprem.read.age").gauge().value()).isZero();
        server.faulty().failListing(() -> new FileSystemException("/synthetic", null, "Stale file handle"));

        // when
        for (int look = 0; look < 20; look++) {
            server.clock.pass(Duration.ofMinutes(1));
            follower.look();
        }

        // then
        assertThat(registry.get("mailtrace.onprem.read.age").gauge().value()).isEqualTo(20 * 60);
        assertThat(registry.get("mailtrace.onprem.lag").gauge().value()).isEqualTo(20 * 60 + 59);
        assertThat(follower.state().readThrough()).contains(T0.plusSeconds(60));
        assertThat(follower.state().failure())
                .hasValueSatisfying(text -> assertThat(text).contains("could not be read"));
    }

    @Test
    void survivesWhatNobodyExpected() {
        // given
        server.faulty().failUnexpectedly(true);

        // when
        server.look();

        // then
        assertThat(server.state().failure())
                .hasValueSatisfying(text -> assertThat(text).contains("log says why"));
        server.faulty().heal();
        server.look();
        assertThat(server.state().failure()).isEmpty();
    }

    @Test
    void leavesAFileOutThatMayNotBeReadAndReadsTheOthersAndThenIt() throws IOException {
        // given
        server.reachedThrough(real -> new GuardedDirectory(real, new Guards(), () -> CircuitState.CLOSED, "EXCH01"));
        server.faulty().failReading(FILE, () -> new AccessDeniedException("/synthetic"));
        server.append(FILE, row(2));
        server.write(NEXT, LogFixture.header(T0.plusSeconds(30)), row(3));

        // when
        server.look();

        // then
        assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(3));
        assertThat(server.state().failure()).isEmpty();
        assertThat(server.state().leftOut())
                .singleElement()
                .asString()
                .contains(FILE, "may not be read")
                .doesNotContain("/synthetic");
        server.faulty().heal();
        server.look();
        assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(2), id(3));
        assertThat(server.state().leftOut()).isEmpty();
    }

    /** Whatever is thrown makes the directory fail, as the guard in front of it does. */
    private static final class Guards implements GuardedDirectory.Calls {
        @Override
        public <T> T call(Callable<T> call, Class<T> type) {
            try {
                return call.call();
            } catch (Exception e) {
                throw new SourceFailure(SourceState.FAILED, "The directory failed.", Optional.empty(), e);
            }
        }
    }
}
