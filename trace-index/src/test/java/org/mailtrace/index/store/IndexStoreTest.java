package org.mailtrace.index.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.index.sqlite.SqliteSettings;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

class IndexStoreTest {
    @TempDir
    private Path folder;

    @Test
    void opensAFileUnlessADatabaseIsChosen() {
        try (TraceIndex file = open(Map.of())) {
            assertThat(file.isShared()).isFalse();
        }
        try (TraceIndex database = open(Map.of(
                "mailtrace.store.kind",
                "postgresql",
                "mailtrace.store.postgresql.url",
                PostgresqlServer.shared().newDatabase(),
                "mailtrace.store.postgresql.username",
                PostgresqlServer.USER))) {
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
                        settings(Map.of()), new SqliteSettings(folder, 1, ""), "mailtrace.test.index-file"))
                .isInstanceOf(IndexException.class)
                .hasMessageEndingWith("Check mailtrace.test.index-file.");
    }

    private TraceIndex open(Map<String, String> values) {
        return IndexStore.open(
                settings(values), new SqliteSettings(folder.resolve("index.db"), 1, ""), "mailtrace.test.index-file");
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
