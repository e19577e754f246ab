package org.mailtrace.onprem.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.index.sqlite.SqliteIndex;
import org.mailtrace.index.sqlite.SqliteSettings;
import org.mailtrace.onprem.LogFixture;
import org.mailtrace.onprem.record.RowBody;

/** F3: the index cannot store what was read, for a while. */
class F3FullIndexTest {
    private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");

    @TempDir
    private Path folder;

    private final AtomicBoolean full = new AtomicBoolean();
    private Path logs;
    private TraceIndex index;
    private ServerFollower follower;

    @BeforeEach
    void open() throws IOException {
        logs = Files.createDirectory(folder.resolve("EXCH01"));
        index = SqliteIndex.open(new SqliteSettings(folder.resolve("index.db"), 1, RowBody.SAMPLE));
        follower = new ServerFollower(
                "EXCH01",
                new LocalDirectory(logs),
                sometimesFull(),
                new FollowRules(
                        Optional.empty(),
                        64 * 1024,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(10),
                        Duration.ofHours(2)),
                new Retention(Duration.ZERO),
                new TestClock(T0.plusSeconds(7200)));
        write(T0);
        write(T0.plusSeconds(3600));
    }

    @AfterEach
    void close() {
        index.close();
    }

    @Test
    @DisplayName("F3: what could not be stored is not claimed, and read again by itself when there is room")
    void claimsNothingOfWhatWasNotStored() {
        // given
        full.set(true);

        // when
        follower.look();
        follower.look();

        // then
        assertThat(follower.state().failure())
                .hasValueSatisfying(text -> assertThat(text).contains("full"));
        assertThat(follower.state().readThrough()).isEmpty();
        assertThat(follower.state().since()).isEmpty();
        assertThat(follower.state().lanes()).isEmpty();

        // when
        full.set(false);
        follower.look();

        // then
        assertThat(follower.state().failure()).isEmpty();
        assertThat(follower.state().caughtUp()).isTrue();
        assertThat(follower.state().since()).contains(T0);
        assertThat(index.checkpoints("EXCH01")).hasSize(2);
        assertThat(index.find(group(T0))).isPresent();
    }

    private String group(Instant at) {
        return index.search(new IndexQuery(
                        Optional.empty(),
                        List.of(new AddressPattern("ana@rivercounty.example")),
                        Optional.empty(),
                        Optional.empty(),
                        at.minusSeconds(60),
                        at.plusSeconds(60),
                        true,
                        Optional.empty(),
                        1,
                        Duration.ofSeconds(10)))
                .messages()
                .getFirst()
                .group();
    }

    private void write(Instant at) throws IOException {
        Files.writeString(
                logs.resolve(LogFixture.file("MSGTRK", at)),
                LogFixture.header(at)
                        + LogFixture.line(
                                at.plusSeconds(5),
                                "SMTP",
                                "RECEIVE",
                                "message-id",
                                "<" + at.getEpochSecond() + "@contoso.example>",
                                "recipient-address",
                                "ana@rivercounty.example"));
    }

    private TraceIndex sometimesFull() {
        return (TraceIndex) Proxy.newProxyInstance(
                TraceIndex.class.getClassLoader(), new Class<?>[] {TraceIndex.class}, (proxy, method, arguments) -> {
                    if (full.get() && method.getName().equals("append")) {
                        throw new IndexException("The disk that the index is on is full.");
                    }
                    try {
                        return method.invoke(index, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
