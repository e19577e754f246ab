package org.mailtrace.benchmarks.truth;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.mailtrace.standins.flows.FlowTruth;

/**
 * Asks a running Mailtrace about flows while every subset of its sources is down in turn, and judges the answers.
 */
public final class Examination {
    private static final int ALL_SOURCES = 3;
    private static final int SHOWN = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Installation mailtrace;
    private final int askers;
    private final PrintStream out;
    private final Tally tally = new Tally();

    /**
     * Prepares.
     *
     * @param askers how many ask at once
     * @param out for progress
     */
    public Examination(Installation mailtrace, int askers, PrintStream out) {
        this.mailtrace = mailtrace;
        this.askers = askers;
        this.out = out;
    }

    /** What one run is to be. */
    public record Scope(int questionsPerFlow, int subsets) {}

    /** Asks about all of these flows, which must be what is played. */
    public void examine(List<FlowTruth> flows, Scope scope) throws IOException, InterruptedException {
        Gateway gateway = new Gateway(mailtrace);
        Judge judge = new Judge(new Truths(flows), tally);
        List<String> sources = mailtrace.sources().stream().sorted().toList();
        for (int subset = 0; subset < Math.min(scope.subsets(), 1 << sources.size()); subset++) {
            Set<String> down = new TreeSet<>();
            for (int i = 0; i < sources.size(); i++) {
                if ((subset >> i & 1) == 1) {
                    down.add(sources.get(i));
                }
            }
            mailtrace.leaveAlive(without(sources, down));
            await(gateway, down);
            long begun = System.nanoTime();
            long before = tally.questions();
            int wrongBefore = tally.violations().size();
            askAll(gateway, judge, flows, scope, down);
            out.printf(
                    "  down %s: %d questions in %d s, %d wrong%n",
                    down,
                    tally.questions() - before,
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun),
                    tally.violations().size() - wrongBefore);
            tally.violations().stream().skip(wrongBefore).limit(SHOWN).forEach(out::println);
        }
        mailtrace.leaveAlive(Set.copyOf(sources));
    }

    private static Set<String> without(List<String> sources, Set<String> down) {
        Set<String> living = new TreeSet<>(sources);
        living.removeAll(down);
        return living;
    }

    /** How many claims were wrong, each told with all that makes it again. */
    public List<String> wrongClaims() {
        return tally.violations().stream().map(Violation::toString).toList();
    }

    /** How many questions were asked. */
    public long questions() {
        return tally.questions();
    }

    /** How many answers of sources that were not stopped came without having looked, or not wholly. */
    public long notLooked() {
        return tally.notLooked();
    }

    /** How many fates the living could tell, each once for each question that asked for it. */
    public long tellable() {
        return tally.tellable();
    }

    /** How many of {@link #tellable()} were left open or left out. */
    public long untold() {
        return tally.untold();
    }

    /** The numbers. */
    public void tell(PrintStream where, boolean withExamples) {
        tally.tell(where, withExamples);
    }

    private void askAll(Gateway gateway, Judge judge, List<FlowTruth> flows, Scope scope, Set<String> down)
            throws InterruptedException {
        try (ExecutorService executor = Executors.newFixedThreadPool(askers)) {
            List<Future<?>> running = new ArrayList<>();
            for (FlowTruth flow : flows) {
                running.add(executor.submit(() -> {
                    for (Question question : questions(flow, scope, down)) {
                        long asked = Instant.now().getEpochSecond();
                        Gateway.Answer answer = gateway.ask(question.parameters());
                        judge.judge(
                                question,
                                answer.status(),
                                answer.body(),
                                down,
                                asked,
                                Instant.now().getEpochSecond());
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a question could not be asked", e);
        }
    }

    /** When nobody lives, one question is as good as four. Where not all are asked, each flow is asked about in other ways. */
    private static List<Question> questions(FlowTruth flow, Scope scope, Set<String> down) {
        int most = down.size() == ALL_SOURCES ? 1 : scope.questionsPerFlow();
        List<Question> questions = new ArrayList<>(Question.about(flow, Instant.now()));
        Collections.rotate(questions, -flow.number());
        return questions.stream().limit(most).toList();
    }

    /** Until the living look with closed circuits and the dead do not. */
    private static void await(Gateway gateway, Set<String> down) throws IOException, InterruptedException {
        Map<String, String> probe = Map.of("recipient", "nobody@rivercounty.example");
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            JsonNode sources = gateway.ask(probe).body().path("sources");
            boolean asWanted = sources.size() == ALL_SOURCES;
            for (JsonNode source : sources) {
                boolean looks = source.path("state").asText().equals("ANSWERED");
                boolean closed = source.path("circuit").asText("CLOSED").equals("CLOSED");
                asWanted &= down.contains(source.path("source").asText()) ? !looks : looks && closed;
            }
            if (asWanted) {
                return;
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        throw new IllegalStateException("the sources did not become as wanted with " + down + " down");
    }
}
