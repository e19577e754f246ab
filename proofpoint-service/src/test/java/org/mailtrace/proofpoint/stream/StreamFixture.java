package org.mailtrace.proofpoint.stream;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.index.Found;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.Place;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.index.postgresql.PostgresqlIndex;
import org.mailtrace.index.sqlite.SqliteIndex;
import org.mailtrace.index.sqlite.SqliteSettings;
import org.mailtrace.postgresql.GivenPostgresql;
import org.mailtrace.postgresql.testkit.PostgresqlServer;
import org.mailtrace.proofpoint.record.RecordReader;

/** Settings, synthetic records and what came of them. */
final class StreamFixture {
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private StreamFixture() {}

    /** Settings with short waits; pairs of a key below {@code mailtrace.proofpoint.stream} and its value. */
    static StreamSettings settings(String url, String... pairs) {
        Map<String, String> values = new HashMap<>(Map.of(
                "url",
                url,
                "cluster-id",
                "rivercounty_hosted",
                "token",
                "first-token",
                "archive-token",
                "second-token",
                "batch-every",
                "20ms",
                "first-wait",
                "10ms",
                "longest-wait",
                "50ms",
                "lease-poll",
                "20ms",
                "backfill",
                "0s"));
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], pairs[i + 1]);
        }
        Map<String, String> named = new HashMap<>();
        values.forEach((key, value) -> named.put("mailtrace.proofpoint.stream." + key, value));
        return new SmallRyeConfigBuilder()
                .withMapping(StreamSettings.class)
                .addDiscoveredConverters()
                .withDefaultValues(named)
                .build()
                .getConfigMapping(StreamSettings.class);
    }

    static TraceIndex index(Path file) {
        return SqliteIndex.open(new SqliteSettings(file, 2, ""));
    }

    /** A store in the database that all tests of a run share. */
    static TraceIndex indexOnPostgresql(String schema) {
        return PostgresqlIndex.open(GivenPostgresql.at(Shared.DATABASE, PostgresqlServer.USER, schema), "");
    }

    /** Does something in that database. */
    static void sql(String sql) {
        try (Connection connection = DriverManager.getConnection(Shared.DATABASE, PostgresqlServer.USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Shared {
        static final String DATABASE = PostgresqlServer.shared().newDatabase();
    }

    static Streams streams(StreamSettings settings, TraceIndex index, Clock clock) {
        return streams(settings, Optional.empty(), index, clock);
    }

    static Streams streams(StreamSettings settings, Optional<SSLContext> trust, TraceIndex index, Clock clock) {
        Streams streams = new Streams(
                settings,
                new Connector(settings, trust, clock),
                new RecordReader()::read,
                index,
                clock,
                following -> {});
        streams.start();
        return streams;
    }

    /** A synthetic record of a filtered message. */
    static String message(String guid, Instant at) {
        return """
                {"guid":"%s","ts":"%s","pps":{"agent":"m0000001.ppops.net","cid":"rivercounty_hosted"},\
                "envelope":{"from":"sam@contoso.example","rcpts":["dana@rivercounty.example"]},\
                "msg":{"normalizedHeader":{"subject":["Number %s"],"message-id":["%s@contoso.example"]}},\
                "filter":{"disposition":"continue","qid":"q%s","actions":[]}}""".formatted(guid, at, guid, guid, guid);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** All messages in the index with the number of their rows: group and rows, sorted. */
    static List<String> held(TraceIndex index) {
        List<String> held = new ArrayList<>();
        Optional<Place> after = Optional.empty();
        Found found;
        do {
            found = index.search(new IndexQuery(
                    Optional.of(new AddressPattern("sam@contoso.example")),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Instant.EPOCH,
                    Instant.parse("2100-01-01T00:00:00Z"),
                    true,
                    after,
                    1000,
                    Duration.ofSeconds(30)));
            for (IndexedMessage message : found.messages()) {
                held.add(message.group() + " " + message.rows().size());
                after = Optional.of(new Place(message.firstSeen(), message.group()));
            }
        } while (found.more());
        return held.stream().sorted().toList();
    }
}
