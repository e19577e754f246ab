package org.mailtrace.index.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailtrace.index.Rows.row;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Checkpoint;
import org.mailtrace.index.Engine;
import org.mailtrace.index.IndexContract;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.TraceIndex;

class PostgresqlIndexTest extends IndexContract {
    @Override
    protected TraceIndex open() {
        return IndexOnADay.open(Engine.schema(folder), NOON);
    }

    @Override
    protected Instant now() {
        return NOON;
    }

    @Test
    void storesNothingOfABatchThatFails() {
        // given
        index.append(Batch.of(List.of()));
        tables().run("""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = '53100'; END $$""");
        tables().run("CREATE TRIGGER refuse BEFORE INSERT ON checkpoint FOR EACH ROW EXECUTE FUNCTION refuse()");
        Batch batch = new Batch(
                List.of(row("k1", NOON, "g1", "sam@contoso.example", "Hello")),
                List.of(),
                List.of(new Checkpoint("P", "a", "1")),
                List.of());

        // when
        assertThatThrownBy(() -> index.append(batch))
                .isInstanceOf(IndexException.class)
                .hasMessage("The disk that the index is on is full.");

        // then
        assertThat(index.trouble()).contains("The disk that the index is on is full.");
        assertThat(index.find("g1")).isEmpty();
        tables().run("DROP TRIGGER refuse ON checkpoint");
        index.append(batch);
        assertThat(index.find("g1")).isPresent();
        assertThat(index.trouble()).isEmpty();
    }

    @Test
    void replicasThatStoreRowsOfTheSameMessagesAtOnceLoseNone() throws Exception {
        // given
        int replicas = 3;
        List<TraceIndex> all = new ArrayList<>();
        for (int i = 0; i < replicas; i++) {
            all.add(open());
        }

        // when: also their first rows, which need a day
        try (ExecutorService threads = Executors.newFixedThreadPool(replicas)) {
            List<Future<?>> done = new ArrayList<>();
            for (int replica = 0; replica < replicas; replica++) {
                int number = replica;
                done.add(threads.submit(() -> storeAll(all.get(number), number)));
            }
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            all.forEach(TraceIndex::close);
        }

        // then
        for (int message = 0; message < 20; message++) {
            assertThat(index.find("g" + message).orElseThrow().rows()).hasSize(replicas * 5);
            assertThat(index.find("g" + message).orElseThrow().firstSeen()).isEqualTo(NOON.minusSeconds(14));
        }
        assertThat(tables().ask("SELECT count(*) FROM message")).isEqualTo("20");
    }

    private static void storeAll(TraceIndex index, int replica) {
        for (int i = 0; i < 5; i++) {
            List<IndexRow> rows = new ArrayList<>();
            for (int message = 0; message < 20; message++) {
                rows.add(row(
                        replica + "/" + i,
                        NOON.minusSeconds(replica * 5L + i),
                        "g" + message,
                        "sam@contoso.example",
                        "Hello"));
            }
            index.append(Batch.of(rows));
        }
    }

    private Tables tables() {
        return Tables.of(Engine.schema(folder));
    }
}
