package org.mailtrace.proofpoint.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.index.Batch;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.proofpoint.record.ReadRecord;
import org.mailtrace.proofpoint.record.RecordReader;
import org.mailtrace.proofpoint.record.RecordType;

/** F10: whatever order synthetic records come in, and however often, the index says the same. */
class F10AnyOrderTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final int ROUNDS = Integer.getInteger("mailtrace.rounds", 25);

    private final long seed = Long.getLong("mailtrace.seed", System.nanoTime());

    @TempDir
    private Path folder;

    @Test
    @DisplayName("F10: on PostgreSQL as in a file")
    void saysTheSameOnPostgresql() {
        List<IndexRow> records = records();
        Random random = new Random(seed);
        List<IndexRow> shuffled = new ArrayList<>(records);
        records.stream().filter(record -> random.nextInt(3) == 0).forEach(shuffled::add);
        Collections.shuffle(shuffled, random);

        assertThat(stored(shuffled, random, StreamFixture.indexOnPostgresql("f10")))
                .as("seed %d", seed)
                .isEqualTo(stored(records, new Random(0), folder.resolve("oracle.db")));
    }

    @Test
    @DisplayName("F10: any permutation and duplication of the same records gives the same index")
    void saysTheSameWhateverTheOrder() {
        List<IndexRow> records = records();
        List<String> expected = stored(records, new Random(0), folder.resolve("oracle.db"));
        assertThat(expected).hasSizeGreaterThan(60);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<IndexRow> shuffled = new ArrayList<>(records);
            records.stream().filter(record -> random.nextInt(3) == 0).forEach(shuffled::add);
            Collections.shuffle(shuffled, random);

            assertThat(stored(shuffled, random, folder.resolve("index" + round + ".db")))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(expected);
        }
    }

    /** Messages, each some with a second version, some split, and their lines of the mail log. */
    private static List<IndexRow> records() {
        List<String> messages = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Instant at = NOON.plusSeconds(i / 3);
            String message = StreamFixture.message("m" + i, at);
            messages.add(message);
            if (i % 4 == 0) {
                messages.add(StreamFixture.message("m" + i, at.plusSeconds(5)).replace("continue", "discard"));
            }
            if (i % 5 == 0) {
                messages.add(StreamFixture.message("split" + i, at)
                        .replace("\"filter\":{", "\"filter\":{\"origGuid\":\"m" + i + "\","));
            }
            for (String recipient : List.of("dana", "kim")) {
                lines.add("""
                        {"id":"l%d%s","ts":"%s","pps":{"agent":"m0000001.ppops.net"},"data":"qm%d: to=<%s>, stat=Sent",\
                        "sm":{"qid":"qm%d","to":["<%s@rivercounty.example>"],"stat":"Sent"}}""".formatted(i, recipient, at, i, recipient, i, recipient));
            }
        }
        List<IndexRow> rows = new ArrayList<>();
        RecordReader reader = new RecordReader();
        messages.forEach(record -> rows.add(row(reader.read(RecordType.MESSAGE, StreamFixture.bytes(record), NOON))));
        lines.forEach(record -> rows.add(row(reader.read(RecordType.MAILLOG, StreamFixture.bytes(record), NOON))));
        return rows;
    }

    private static IndexRow row(ReadRecord read) {
        assertThat(read).isInstanceOf(ReadRecord.Kept.class);
        return ((ReadRecord.Kept) read).row();
    }

    /** Everything that the index says after these rows came in batches of any size. */
    private static List<String> stored(List<IndexRow> rows, Random random, Path file) {
        return stored(rows, random, StreamFixture.index(file));
    }

    private static List<String> stored(List<IndexRow> rows, Random random, TraceIndex opened) {
        try (TraceIndex index = opened) {
            for (int from = 0; from < rows.size(); ) {
                int to = Math.min(rows.size(), from + 1 + random.nextInt(50));
                index.append(Batch.of(rows.subList(from, to)));
                from = to;
            }
            List<String> said = new ArrayList<>();
            index.search(new IndexQuery(
                            Optional.of(new AddressPattern("sam@contoso.example")),
                            List.of(),
                            Optional.of("number"),
                            Optional.empty(),
                            Instant.EPOCH,
                            NOON.plus(Duration.ofDays(1)),
                            true,
                            Optional.empty(),
                            1000,
                            Duration.ofSeconds(30)))
                    .messages()
                    .forEach(message -> said.add(message.group() + message.firstSeen()));
            rows.stream()
                    .map(IndexRow::group)
                    .distinct()
                    .sorted()
                    .map(group -> index.find(group).orElseThrow())
                    .forEach(message -> said.add(message.group()
                            + message.firstSeen()
                            + message.lastSeen()
                            + message.rows().stream()
                                    .map(row -> row.at() + " " + row.part() + " " + row.noise() + " " + row.body())
                                    .sorted()
                                    .toList()));
            return said;
        }
    }
}
