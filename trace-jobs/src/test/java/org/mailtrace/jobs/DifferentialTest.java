package org.mailtrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.jobs.postgresql.CuttingProxy;
import org.mailtrace.jobs.postgresql.Schemas;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

/** The same operations, put to both engines, answer by answer; also while everything is cut that can be cut. */
class DifferentialTest {
    private static final int OPERATIONS = 400;

    private final long seed = System.nanoTime();

    @TempDir
    private Path folder;

    private List<String> expected;

    @BeforeEach
    void askSqlite() {
        Sequence sequence = new Sequence(seed);
        try (JobStore store = Engine.open(Engine.SQLITE.newAddress(folder), sequence.clock())) {
            sequence.run(store, OPERATIONS);
        }
        expected = sequence.answers();
    }

    @Test
    void postgresqlAnswersAsSqliteDoes() {
        assertThat(answers(Engine.POSTGRESQL.newAddress(folder)))
                .as("seed %d", seed)
                .containsExactlyElementsOf(expected);
    }

    @Test
    void nothingIsLostOrDoubledWhereConnectionsAreCutInsideCommits() throws IOException {
        // given: every few commits, before the server hears of it, or after it has stored it
        try (CuttingProxy proxy = CuttingProxy.before(Engine.POSTGRESQL.newAddress(folder), seed)) {
            // when
            List<String> answers = answers(proxy.address());

            // then
            assertThat(withoutCounts(answers)).as("seed %d", seed).containsExactlyElementsOf(withoutCounts(expected));
            assertThat(proxy.cutBefore()).isGreaterThan(10);
            assertThat(proxy.cutAfter()).isGreaterThan(10);
        }
    }

    @Test
    void nothingIsLostOrDoubledWhenTheServerIsKilledAndComesBack() {
        try (PostgresqlServer server = PostgresqlServer.start()) {
            // given
            Sequence sequence = new Sequence(seed);
            try (JobStore store = Engine.open(Schemas.anew(server), sequence.clock())) {
                sequence.run(store, OPERATIONS / 2);

                // when
                server.kill();
                CompletableFuture<Void> back = CompletableFuture.runAsync(server::startAgain);
                sequence.run(store, OPERATIONS / 2);
                back.join();
            }

            // then
            Sequence undisturbed = new Sequence(seed);
            try (JobStore store = Engine.open(Engine.SQLITE.newAddress(folder), undisturbed.clock())) {
                undisturbed.run(store, OPERATIONS / 2);
                undisturbed.run(store, OPERATIONS / 2);
            }
            assertThat(withoutCounts(sequence.answers()))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(withoutCounts(undisturbed.answers()));
        }
    }

    /** How many jobs expired is not known where that was cut. */
    private static List<String> withoutCounts(List<String> answers) {
        return answers.stream().filter(answer -> !answer.contains(" expire ")).toList();
    }

    private List<String> answers(String address) {
        Sequence sequence = new Sequence(seed);
        try (JobStore store = Engine.open(address, sequence.clock())) {
            sequence.run(store, OPERATIONS);
        }
        return sequence.answers();
    }
}
