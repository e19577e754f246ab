package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.benchmarks.truth.Examination;
import org.mailtrace.benchmarks.truth.Installation;
import org.mailtrace.standins.flows.FlowTruth;
import org.mailtrace.standins.flows.Flows;

/**
 * Generated flows with known fates, asked about while every subset of the sources is really down, in a Mailtrace of its
 * own that takes its tokens where the other tests do. One failure can be made again: {@code -Dmailtrace.truth.seed} and
 * {@code .first} as it names them, {@code .flows=1}.
 */
@ExtendWith(RunningMailtrace.class)
@Order(1)
class TruthIT {
    private static final long SEED = Long.getLong("mailtrace.truth.seed", 20_261_127);
    private static final int FIRST = Integer.getInteger("mailtrace.truth.first", 0);
    /** One of each family and then as the dice fall; benchmarks ask about thousands. */
    private static final int FLOWS = Integer.getInteger("mailtrace.truth.flows", 200);

    private static final Examination.Scope TWO_QUESTIONS_IN_ALL_SUBSETS = new Examination.Scope(2, 8);
    private static final int ASKERS = 4;
    private static final int BESIDE_THE_OTHER_TESTS = 3000;

    /** Whoever says nothing says nothing wrong, so silence is counted too. Measured were 0 to 0.7 %. */
    private static final double UNTOLD_AT_MOST = 0.01;
    /** Measured were 0 to 13, whatever the number of questions: one flow that is too old for a source asks for 12. */
    private static final long NOT_LOOKED_AT_MOST = 15;
    /** Measured were 0.54 and more for each question; without any, the share of what is not told means nothing. */
    private static final double TELLABLE_AT_LEAST = 0.4;

    @Test
    void nothingIsClaimedThatIsNotSoOrThatTheLivingCouldNotKnow(@TempDir Path directory) throws Exception {
        // given
        List<FlowTruth> truths = generated(directory.resolve("stories"));
        try (Installation mailtrace = new Installation(
                Launcher.ROOT,
                directory.resolve("home"),
                Launcher.keycloak(),
                Launcher.OFFSET + BESIDE_THE_OTHER_TESTS,
                Optional.of(Launcher.url(8180) + "/realms/mailtrace"))) {
            Examination examination = new Examination(mailtrace, ASKERS, System.out);

            // when
            mailtrace.up(directory.resolve("stories"));
            examination.examine(truths, TWO_QUESTIONS_IN_ALL_SUBSETS);

            // then
            examination.tell(System.out, false);
            assertThat(examination.questions()).isGreaterThan(FLOWS * 8L);
            assertThat(examination.wrongClaims()).as("seed " + SEED).isEmpty();
            assertThat(examination.notLooked())
                    .as("living sources that did not look, seed " + SEED)
                    .isLessThanOrEqualTo(NOT_LOOKED_AT_MOST);
            assertThat((double) examination.tellable())
                    .as("fates that the living could tell, seed " + SEED)
                    .isGreaterThan(TELLABLE_AT_LEAST * examination.questions());
            assertThat((double) examination.untold())
                    .as("told too little, seed " + SEED)
                    .isLessThanOrEqualTo(UNTOLD_AT_MOST * examination.tellable());
        }
    }

    private static List<FlowTruth> generated(Path stories) throws IOException {
        System.out.println("Truth: seed " + SEED + ", flows " + FIRST + " to " + (FIRST + FLOWS - 1));
        return new Flows(SEED, Instant.now()).write(FIRST, FLOWS, stories);
    }
}
