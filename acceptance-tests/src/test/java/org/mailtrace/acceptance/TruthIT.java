package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.benchmarks.truth.Examination;
import org.mailtrace.benchmarks.truth.Installation;
import org.mailtrace.standins.flows.FlowTruth;
import org.mailtrace.standins.flows.Flows;

/**
 * Generated flows with known fates, asked about while every subset of the sources is really down. One failure can be made
 * again: {@code -Dmailtrace.truth.seed} and {@code .first} as it names them, {@code .flows=1}.
 */
class TruthIT {
    private static final long SEED = Long.getLong("mailtrace.truth.seed", 20_261_127);
    private static final int FIRST = Integer.getInteger("mailtrace.truth.first", 0);
    /** One of each family and then as the dice fall; benchmarks ask about thousands. */
    private static final int FLOWS = Integer.getInteger("mailtrace.truth.flows", 300);

    private static final Examination.Scope TWO_QUESTIONS_IN_ALL_SUBSETS = new Examination.Scope(2, 8);
    private static final int ASKERS = 4;
    private static final int BESIDE_THE_OTHER_TESTS = 3000;

    @Test
    void nothingIsClaimedThatIsNotSoOrThatTheLivingCouldNotKnow(@TempDir Path directory) throws Exception {
        // given
        List<FlowTruth> truths = generated(directory.resolve("stories"));
        try (Installation mailtrace = new Installation(
                Launcher.ROOT,
                directory.resolve("home"),
                Launcher.keycloak(),
                Launcher.OFFSET + BESIDE_THE_OTHER_TESTS)) {
            Examination examination = new Examination(mailtrace, ASKERS, System.out);

            // when
            mailtrace.up(directory.resolve("stories"));
            examination.examine(truths, TWO_QUESTIONS_IN_ALL_SUBSETS);

            // then
            examination.tell(System.out, false);
            assertThat(examination.questions()).isGreaterThan(FLOWS * 8L);
            assertThat(examination.wrongClaims()).as("seed " + SEED).isEmpty();
        }
    }

    private static List<FlowTruth> generated(Path stories) throws IOException {
        System.out.println("Truth: seed " + SEED + ", flows " + FIRST + " to " + (FIRST + FLOWS - 1));
        return new Flows(SEED, Instant.now()).write(FIRST, FLOWS, stories);
    }
}
