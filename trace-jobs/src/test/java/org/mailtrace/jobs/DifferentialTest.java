package org.mailtrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.mailtrace.jobs.postgresql.CuttingProxy;
import org.mailtrace.jobs.postgresql.Schemas;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

/** The same operations, put to both engines, answer by answer; also while everything is cut that can be cut. */
@Execution(ExecutionMode.CONCURRENT)
class DifferentialTest {
    private static final int OPERATIONS = 400;
    /** A cut connection is given a moment before the work is done again, so that these take longer. */
    private static final int CUT_OPERATIONS = 120;

    private final long seed = System.nanoTime();

    @TempDir
    private Path folder;

    @Test
    void postgresqlAnswersAsSqliteDoes() {
        assertThat(answers(Engine.POSTGRESQL.newAddress(folder), OPERATIONS))
                .as("seed %d", seed)
                .containsExactlyElementsOf(ofSqlite(OPERATIONS));
    }

    @Test
    void nothingIsLostOrDoubledWhereConnectionsAreCutInsideCommits() throws IOException {
        // given: every few commits, before the server hears of it, or after it has stored it
        try (CuttingProxy proxy = CuttingProxy.before(Engine.POSTGRESQL.newAddress(folder), seed)) {
            // when
            List<String> answers = answers(proxy.address(), CUT_OPERATIONS);

            // then
            assertThat(withoutCounts(answers))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(withoutCounts(ofSqlite(CUT_OPERATIONS)));
            assertThat(proxy.cutBefore()).isGreaterThan(2);
            assertThat(proxy.cutAfter()).isGreaterThan(2);
        }
    }

    @Test
    @DisplayName(
            "F23: nothing is lost or doubled when the server is killed and comes back, nor when its standby takes over")
    void nothingIsLostOrDoubledWhenTheServerIsKilled() {
        try (PostgresqlServer server = PostgresqlServer.start();
                PostgresqlServer standby = server.standby("second")) {
            // given
            server.execute("ALTER SYSTEM SET synchronous_standby_names = 'second'");
            server.execute("SELECT pg_reload_conf()");
            Sequence sequence = new Sequence(seed);
            try (JobStore store = Engine.open(Schemas.anew(server, standby), sequence.clock())) {
                sequence.run(store, OPERATIONS / 4);

                // when
                server.kill();
                CompletableFuture<Void> back = CompletableFuture.runAsync(server::startAgain);
                sequence.run(store, OPERATIONS / 4);
                back.join();
                server.kill();
                CompletableFuture<Void> other = CompletableFuture.runAsync(standby::promote);
                sequence.run(store, OPERATIONS / 2);
                other.join();
            }

            // then
            assertThat(withoutCounts(sequence.answers()))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(withoutCounts(ofSqlite(OPERATIONS)));
        }
    }

    /** How many jobs expired is not known where that was cut. */
    private static List<String> withoutCounts(List<String> answers) {
        return answers.stream().filter(answer -> !answer.contains(" expire ")).toList();
    }

    private List<String> ofSqlite(int operations) {
        return answers(Engine.SQLITE.newAddress(folder), operations);
    }

    private List<String> answers(String address, int operations) {
        Sequence sequence = new Sequence(seed);
        try (JobStore store = Engine.open(address, sequence.clock())) {
            sequence.run(store, operations);
        }
        return sequence.answers();
    }
}
