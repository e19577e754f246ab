package org.mailtrace.standins.flows;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** Writes generated flows and their truths into a directory: {@code SEED COUNT DIRECTORY [FIRST]}. */
final class GenerateFlows {
    private GenerateFlows() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 3) {
            System.err.println("Usage: GenerateFlows SEED COUNT DIRECTORY [FIRST]");
            System.exit(2);
        }
        long seed = Long.parseLong(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        int first = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 0;
        int written = new Flows(seed, Instant.now())
                .write(first, count, Path.of(arguments[2]))
                .size();
        System.out.println(written + " flows of seed " + seed + " are in " + arguments[2]);
    }
}
