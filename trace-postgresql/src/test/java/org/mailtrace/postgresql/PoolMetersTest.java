package org.mailtrace.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.mailtrace.postgresql.PostgresqlException.Reason;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

class PoolMetersTest {
    private static final Migrations NONE = new Migrations("none", List.of("SELECT 1"));

    private final GivenPostgresql settings =
            GivenPostgresql.at(PostgresqlServer.shared().newDatabase(), PostgresqlServer.USER, "things");
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicBoolean held = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);

    @Test
    void showsHowManyAreInUseAndWhoWaitsForOne() {
        try (Database database = open(settings.withPoolSize(2).within(Duration.ofMinutes(2), Duration.ofMinutes(2)));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                // given
                assertThat(gauge("max")).isEqualTo(2);
                assertThat(used()).isZero();
                assertThat(gauge("pending_requests")).isZero();

                // when
                IntStream.range(0, 5).forEach(i -> threads.execute(() -> hold(database)));

                // then
                await(2, 3);
                assertThat(idle()).isZero();

                // when
                over.countDown();

                // then
                await(0, 0);
                assertThat(idle()).isEqualTo(2);
                FunctionTimer waited =
                        registry.get("db.client.connection.wait_time").functionTimer();
                assertThat(waited.count())
                        .as("these five, and who made the tables")
                        .isGreaterThanOrEqualTo(5);
                assertThat(waited.totalTime(TimeUnit.NANOSECONDS)).isPositive();
                assertThat(timeouts()).isZero();
            } finally {
                // Before the threads are waited for.
                over.countDown();
            }
        }
    }

    @Test
    void countsWhoWaitedInVain() {
        try (Database database = open(settings.withPoolSize(1).within(Duration.ofMinutes(2), Duration.ofMillis(200)));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                // given
                threads.execute(() -> hold(database));
                Awaitility.await().atMost(Duration.ofMinutes(1)).until(held::get);
                double before = timeouts();

                // when
                assertThatThrownBy(() -> database.read(connection -> 1))
                        .extracting("reason")
                        .isEqualTo(Reason.TOO_MUCH);

                // then
                assertThat(timeouts()).isEqualTo(before + 1);
            } finally {
                // Before the threads are waited for.
                over.countDown();
            }
        }
    }

    @Test
    void tellsThePoolsOfOneProcessApart() {
        try (Database one = Database.open("store", settings, NONE);
                Database other = Database.open("store", settings.withPoolSize(3), NONE)) {
            // when
            one.meters("one").bindTo(registry);
            other.meters("other").bindTo(registry);

            // then
            assertThat(registry.get("db.client.connection.max")
                            .tag("db.client.connection.pool.name", "one")
                            .gauge()
                            .value())
                    .isEqualTo(8);
            assertThat(registry.get("db.client.connection.max")
                            .tag("db.client.connection.pool.name", "other")
                            .gauge()
                            .value())
                    .isEqualTo(3);
        }
    }

    private Database open(PostgresqlSettings with) {
        Database database = Database.open("store", with, NONE);
        database.meters("things").bindTo(registry);
        return database;
    }

    /** On a busy machine a connection may take longer to open than is waited for. */
    private void hold(Database database) {
        while (over.getCount() > 0) {
            try {
                database.read(connection -> holdOn());
            } catch (PostgresqlException notYet) {
                assertThat(notYet.mayPass()).isTrue();
            }
        }
    }

    private boolean holdOn() {
        held.set(true);
        try {
            return over.await(2, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void await(int inUse, int waiting) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(used()).isEqualTo(inUse);
            assertThat(gauge("pending_requests")).isEqualTo(waiting);
        });
    }

    private double used() {
        return count("used");
    }

    private double idle() {
        return count("idle");
    }

    private double count(String state) {
        return registry.get("db.client.connection.count")
                .tag("db.client.connection.state", state)
                .gauge()
                .value();
    }

    private double gauge(String name) {
        return registry.get("db.client.connection." + name)
                .tag("db.client.connection.pool.name", "things")
                .gauge()
                .value();
    }

    private double timeouts() {
        return registry.get("db.client.connection.timeouts").functionCounter().count();
    }
}
