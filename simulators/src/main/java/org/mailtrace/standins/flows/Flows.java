package org.mailtrace.standins.flows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Makes flows up from a seed. The same seed, number and moment make the same flow, however many are made with it. */
public final class Flows {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final long seed;
    private final Instant now;

    /**
     * Prepares to make flows up.
     *
     * @param now what is past and what is still to come is seen from there
     */
    public Flows(long seed, Instant now) {
        this.seed = seed;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** The flow of that number. */
    public Flow make(int number) {
        Chance chance = new Chance(seed, number);
        Families.Family family = Families.of(number, chance);
        String id = String.format(Locale.ROOT, "f%d-%d", seed, number);
        Scene scene = new Scene(id, number, chance, now);
        family.play().accept(scene);
        String stories = scene.mails().stream().map(Mail::story).collect(Collectors.joining("\n", "stories:\n", ""));
        List<Truth> truths = scene.mails().stream().map(Mail::truth).toList();
        return new Flow(stories, new FlowTruth(id, seed, number, family.name(), truths));
    }

    /**
     * Writes flows into a directory that the stand-ins play: a story file each, its truth beside it, and the organisation.
     *
     * @return the truths
     */
    public List<FlowTruth> write(int first, int count, Path directory) throws IOException {
        return write(first, count, kind -> true, directory);
    }

    /** The same, of some kinds of flows alone. */
    public List<FlowTruth> write(int first, int count, Predicate<String> kinds, Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("organisation.yaml"), Party.organisation());
        List<FlowTruth> truths = new ArrayList<>();
        for (int number = first; number < first + count; number++) {
            Flow flow = make(number);
            if (!kinds.test(flow.truth().family())) {
                continue;
            }
            truths.add(flow.truth());
            Files.writeString(directory.resolve(flow.truth().id() + ".yaml"), flow.stories());
            Files.writeString(
                    directory.resolve(flow.truth().id() + ".truth.json"),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(flow.truth()));
        }
        return List.copyOf(truths);
    }
}
