package org.mailtrace.index.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Checkpoint;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.index.sqlite.SqliteSettings;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

class IndexStoreTest {
    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-11-23T08:00:00Z");
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    @Test
    void opensAFileUnlessADatabaseIsChosen() {
        try (TraceIndex file = open(Map.of())) {
            assertThat(file.isShared()).isFalse();
        }
        try (TraceIndex database = open(database())) {
            assertThat(database.isShared()).isTrue();
        }
    }

    @Test
    void namesTheSettingThatIsWrong() {
        assertThatThrownBy(() -> open(Map.of("mailtrace.store.kind", "postgresql")))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("postgresql.url is missing")
                .hasMessageEndingWith("Check mailtrace.store.postgresql.");
        assertThatThrownBy(() -> IndexStore.open(
                        settings(Map.of()),
                        new SqliteSettings(folder, 1, ""),
                        "mailtrace.test.index-file",
                        new SimpleMeterRegistry(),
                        clock))
                .isInstanceOf(IndexException.class)
                .hasMessageEndingWith("Check mailtrace.test.index-file.");
    }

    @Test
    void aReplicaThatOnlySearchesNeverGetsTheRightToAPart() {
        // given
        Map<String, String> database = new HashMap<>(database());
        try (TraceIndex reads = open(database)) {
            database.put("mailtrace.store.searches-only", "true");
            MeterRegistry metrics = new SimpleMeterRegistry();

            // when, then
            try (TraceIndex searches = open(database, metrics)) {
                assertThat(searches.claim("EXCH01")).isFalse();
                assertThat(metrics.find("mailtrace.claim.held").gauge())
                        .as("nobody is to be woken because it does not read")
                        .isNull();
                assertThat(searches.isShared()).isTrue();
                assertThat(reads.claim("EXCH01")).isTrue();
            }
        }
        assertThatThrownBy(() -> open(Map.of("mailtrace.store.searches-only", "true")))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("searches-only needs mailtrace.store.kind=postgresql");
    }

    @Test
    void showsWhichReplicaReadsAPartAndSinceWhenThatIsKnown() {
        // given
        MeterRegistry one = new SimpleMeterRegistry();
        MeterRegistry other = new SimpleMeterRegistry();
        Map<String, String> database = database();
        try (TraceIndex reads = open(database, one);
                TraceIndex waits = open(database, other)) {
            // when
            reads.claim("EXCH01");
            waits.claim("EXCH01");
            now = now.plusSeconds(70);

            // then
            assertThat(value(one, "mailtrace.claim.held")).isEqualTo(1);
            assertThat(value(one, "mailtrace.claim.age")).isEqualTo(70);
            assertThat(value(other, "mailtrace.claim.held")).isZero();
            assertThat(value(other, "mailtrace.claim.age")).isNaN();

            // when
            reads.append(new Batch(List.of(), List.of(), List.of(new Checkpoint("EXCH01", "a", "1")), List.of()));

            // then
            assertThat(value(one, "mailtrace.claim.age")).isZero();
        }
    }

    @Test
    void showsHowTheConnectionsToADatabaseAreUsedAndNothingOfThemForAFile() {
        // given
        MeterRegistry ofDatabase = new SimpleMeterRegistry();
        MeterRegistry ofFile = new SimpleMeterRegistry();

        try (TraceIndex database = open(database(), ofDatabase);
                TraceIndex file = open(Map.of(), ofFile)) {
            // when
            database.find("g1");
            file.find("g1");

            // then
            assertThat(ofPool(ofDatabase, "max", "index-search")).isEqualTo(6);
            assertThat(ofPool(ofDatabase, "max", "index-write")).isEqualTo(2);
            assertThat(ofPool(ofDatabase, "pending_requests", "index-search")).isZero();
            assertThat(ofFile.getMeters())
                    .extracting(meter -> meter.getId().getName())
                    .isNotEmpty()
                    .noneMatch(name -> name.startsWith("db."));
        }
    }

    private static double ofPool(MeterRegistry metrics, String name, String pool) {
        return metrics.get("db.client.connection." + name)
                .tag("db.client.connection.pool.name", pool)
                .gauge()
                .value();
    }

    @Test
    void showsHowLargeTheIndexIsLookingTwiceAMinuteAtMostAndNoNumberWhereItFails() {
        // given
        MeterRegistry metrics = new SimpleMeterRegistry();
        TraceIndex file = open(Map.of(), metrics);
        double empty = value(metrics, "mailtrace.index");
        file.append(Batch.of(List.of(new IndexRow(
                "k1",
                now.minusSeconds(100),
                "EXCH01",
                "g1",
                List.of(),
                Optional.of("sam@contoso.example"),
                Optional.empty(),
                List.of("ana@rivercounty.example"),
                Optional.of("Hello"),
                false,
                "x".repeat(100_000)))));

        // when, then
        assertThat(empty).isPositive();
        assertThat(value(metrics, "mailtrace.index")).isEqualTo(empty);
        now = now.plusSeconds(30);
        assertThat(value(metrics, "mailtrace.index")).isGreaterThan(empty);
        assertThat(value(metrics, "mailtrace.index.disk.free")).isPositive();
        assertThat(value(metrics, "mailtrace.index.messages")).isEqualTo(1);
        assertThat(value(metrics, "mailtrace.index.oldest.age")).isEqualTo(130);
        file.close();
        now = now.plusSeconds(30);
        assertThat(value(metrics, "mailtrace.index")).isNaN();
    }

    private static double value(MeterRegistry metrics, String gauge) {
        return metrics.get(gauge).gauge().value();
    }

    private static Map<String, String> database() {
        return Map.of(
                "mailtrace.store.kind",
                "postgresql",
                "mailtrace.store.postgresql.url",
                PostgresqlServer.shared().newDatabase(),
                "mailtrace.store.postgresql.username",
                PostgresqlServer.USER);
    }

    private TraceIndex open(Map<String, String> values) {
        return open(values, new SimpleMeterRegistry());
    }

    private TraceIndex open(Map<String, String> values, MeterRegistry metrics) {
        return IndexStore.open(
                settings(values),
                new SqliteSettings(folder.resolve("index.db"), 1, ""),
                "mailtrace.test.index-file",
                metrics,
                clock);
    }

    /** Durations as plain Java reads them; a service takes "5s" as well. */
    private static IndexStoreSettings settings(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("mailtrace.store.postgresql.statement-timeout", "PT30S");
        all.put("mailtrace.store.postgresql.patience", "PT5S");
        return new SmallRyeConfigBuilder()
                .withMapping(IndexStoreSettings.class)
                .addDiscoveredConverters()
                .withDefaultValues(all)
                .build()
                .getConfigMapping(IndexStoreSettings.class);
    }
}
