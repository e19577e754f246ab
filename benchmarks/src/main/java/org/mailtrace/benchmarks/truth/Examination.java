package org.mailtrace.benchmarks.truth;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.mailtrace.standins.flows.FlowTruth;

/**
 * Asks a running Mailtrace about flows while every subset of its sources is down in turn, and judges the answers. From one
 * subset to the next a single service is started or stopped.
 */
public final class Examination {
    /** The services as the script calls them, and the sources that they are. */
    private static final Map<String, String> SERVICES = services();

    private static final int PATIENCE_SECONDS = 120;

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
        List<String> services = List.copyOf(SERVICES.keySet());
        Set<String> stopped = new LinkedHashSet<>();
        for (int step = 0; step < Math.min(scope.subsets(), 1 << services.size()); step++) {
            int code = step ^ (step >> 1);
            for (int i = 0; i < services.size(); i++) {
                boolean shallBeDown = (code >> i & 1) == 1;
                if (shallBeDown && stopped.add(services.get(i))) {
                    mailtrace.stop(services.get(i));
                } else if (!shallBeDown && stopped.remove(services.get(i))) {
                    mailtrace.start(services.get(i));
                }
            }
            Set<String> down = new LinkedHashSet<>();
            stopped.forEach(service -> down.add(SERVICES.get(service)));
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
        }
        for (String service : stopped) {
            mailtrace.start(service);
        }
    }

    /** How many claims were wrong, each told with all that makes it again. */
    public List<String> wrongClaims() {
        return tally.violations().stream().map(Violation::toString).toList();
    }

    /** How many questions were asked. */
    public long questions() {
        return tally.questions();
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
                        long now = Instant.now().getEpochSecond();
                        Gateway.Answer answer = gateway.ask(question.parameters());
                        judge.judge(question, answer.status(), answer.body(), down, now);
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

    /** When nobody lives, one question is as good as four. */
    private static List<Question> questions(FlowTruth flow, Scope scope, Set<String> down) {
        int most = down.size() == SERVICES.size() ? 1 : scope.questionsPerFlow();
        return Question.about(flow, Instant.now()).stream().limit(most).toList();
    }

    /** Until the living look with closed circuits and the dead do not. */
    private static void await(Gateway gateway, Set<String> down) throws IOException, InterruptedException {
        Map<String, String> probe = Map.of("recipient", "nobody@rivercounty.example");
        for (int i = 0; i < PATIENCE_SECONDS * 2; i++) {
            JsonNode sources = gateway.ask(probe).body().path("sources");
            boolean asWanted = sources.size() == SERVICES.size();
            for (JsonNode source : sources) {
                boolean looks = source.path("state").asText().equals("ANSWERED");
                boolean closed = source.path("circuit").asText("CLOSED").equals("CLOSED");
                asWanted &= down.contains(source.path("source").asText()) ? !looks : looks && closed;
            }
            if (asWanted) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
        throw new IllegalStateException("the sources did not become as wanted with " + down + " down");
    }

    private static Map<String, String> services() {
        Map<String, String> services = new LinkedHashMap<>();
        services.put("proofpoint", "proofpoint");
        services.put("onprem-exchange", "onprem-exchange");
        services.put("exo", "exchange-online");
        return services;
    }
}
