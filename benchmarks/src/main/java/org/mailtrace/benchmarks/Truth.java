package org.mailtrace.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.benchmarks.truth.Examination;
import org.mailtrace.benchmarks.truth.Installation;
import org.mailtrace.standins.flows.FlowTruth;
import org.mailtrace.standins.flows.Flows;

/**
 * How often the gateway claims what is not so. Generated flows are played in batches, a fresh Mailtrace for each; it is
 * asked while every subset of its sources is down. Arguments: repository, empty folder, seed, flows, and then, if wanted,
 * flows per batch, first flow, questions per flow, how many ask at once, port offset, folder with an unpacked Keycloak,
 * and the kinds of flows that are played, with commas between them.
 */
public final class Truth {
    private static final int ALL_SUBSETS = 8;
    private static final int SHOWN = 20;

    private Truth() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 4) {
            System.err.println(
                    "Usage: Truth REPOSITORY FOLDER SEED FLOWS [BATCH FIRST QUESTIONS ASKERS OFFSET KEYCLOAK KINDS]");
            System.exit(2);
        }
        Path root = Path.of(arguments[0]).toAbsolutePath().normalize();
        Path folder = Path.of(arguments[1]).toAbsolutePath();
        long seed = Long.parseLong(arguments[2]);
        int flows = Integer.parseInt(arguments[3]);
        int batch = number(arguments, 4, 2500);
        int first = number(arguments, 5, 0);
        Examination.Scope scope = new Examination.Scope(number(arguments, 6, 4), ALL_SUBSETS);
        int askers = number(arguments, 7, 8);
        int offset = number(arguments, 8, 10_000);
        Path keycloak = arguments.length > 9 ? Path.of(arguments[9]).toAbsolutePath() : root.resolve(".mailtrace");
        Set<String> kinds = arguments.length > 10 ? Set.of(arguments[10].split(",")) : Set.of();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Installation mailtrace = new Installation(root, folder.resolve("home"), keycloak, offset, Optional.empty());
        Examination examination = new Examination(mailtrace, askers, out);
        Path wrong = folder.resolve("wrong.txt");
        for (int done = 0; done < flows; done += batch) {
            int from = first + done;
            int size = Math.min(batch, flows - done);
            Path stories = folder.resolve("stories-" + from);
            List<FlowTruth> truths = new Flows(seed, Instant.now())
                    .write(from, size, kind -> kinds.isEmpty() || kinds.contains(kind), stories);
            out.printf("seed %d, flows %d to %d%n", seed, from, from + size - 1);
            mailtrace.down();
            mailtrace.up(stories);
            try {
                examination.examine(truths, scope);
            } finally {
                mailtrace.down();
            }
            Files.write(wrong, examination.wrongClaims());
        }
        mailtrace.close();
        examination.wrongClaims().stream().limit(SHOWN).forEach(out::println);
        examination.tell(out, true);
        out.printf(
                "seed %d, flows %d to %d; one of them again: Truth ... %d 1 1 NUMBER%n",
                seed, first, first + flows - 1, seed);
        System.exit(examination.wrongClaims().isEmpty() ? 0 : 1);
    }

    private static int number(String[] arguments, int at, int otherwise) {
        return arguments.length > at ? Integer.parseInt(arguments[at]) : otherwise;
    }
}
