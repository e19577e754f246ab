package org.mailtrace.benchmarks.truth;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts while many ask at once. */
final class Tally {
    private static final int EXAMPLES = 3;

    /** One family's numbers. */
    private static final class Line {
        private final LongAdder sufficient = new LongAdder();
        private final LongAdder undetermined = new LongAdder();
        private final LongAdder absent = new LongAdder();
        private final LongAdder split = new LongAdder();
        private final List<String> examples = Collections.synchronizedList(new ArrayList<>());
    }

    private final Map<String, Line> families = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
    private final List<Violation> violations = Collections.synchronizedList(new ArrayList<>());
    private final LongAdder questions = new LongAdder();
    private final LongAdder fates = new LongAdder();
    private final LongAdder livingDidNotLook = new LongAdder();

    void asked() {
        questions.increment();
    }

    void livingDidNotLook() {
        livingDidNotLook.increment();
    }

    void wrong(Violation violation) {
        violations.add(violation);
    }

    void outcome(String word) {
        fates.increment();
        outcomes.computeIfAbsent(word, any -> new LongAdder()).increment();
    }

    void sufficient(String family) {
        line(family).sufficient.increment();
    }

    void undetermined(Question question, Set<String> dead, String said) {
        line(question.flow().family()).undetermined.increment();
        example(question, dead, said);
    }

    void absent(Question question, Set<String> dead) {
        line(question.flow().family()).absent.increment();
        example(question, dead, "nothing");
    }

    void split(Question question) {
        line(question.flow().family()).split.increment();
    }

    private void example(Question question, Set<String> dead, String said) {
        List<String> examples = line(question.flow().family()).examples;
        if (examples.size() < EXAMPLES) {
            examples.add(question.flow().id() + " dead=" + dead + " " + question.kind() + ": " + said);
        }
    }

    private Line line(String family) {
        return families.computeIfAbsent(family, any -> new Line());
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }

    long questions() {
        return questions.sum();
    }

    /** Answers of sources that were not stopped and did not look, or not wholly. */
    long notLooked() {
        return livingDidNotLook.sum();
    }

    /** Fates that the living could tell, each once for each question. */
    long tellable() {
        return families.values().stream()
                .mapToLong(line -> line.sufficient.sum())
                .sum();
    }

    /** Those of them that were left open or left out. */
    long untold() {
        return families.values().stream()
                .mapToLong(line -> line.undetermined.sum() + line.absent.sum())
                .sum();
    }

    /** All that was counted. */
    void tell(PrintStream out, boolean withExamples) {
        out.printf(
                Locale.ROOT,
                "questions %d, recipients judged %d, living sources that did not look %d, WRONG CLAIMS %d%n",
                questions.sum(),
                fates.sum(),
                livingDidNotLook.sum(),
                violations.size());
        out.println("said " + new TreeMap<>(outcomes));
        out.printf(
                Locale.ROOT,
                "%-30s %10s %12s %7s %8s %6s%n",
                "family",
                "sufficient",
                "undetermined",
                "absent",
                "share",
                "split");
        for (Map.Entry<String, Line> entry : families.entrySet()) {
            Line line = entry.getValue();
            print(
                    out,
                    entry.getKey(),
                    line.sufficient.sum(),
                    line.undetermined.sum(),
                    line.absent.sum(),
                    line.split.sum());
            if (withExamples) {
                line.examples.forEach(example -> out.println("      " + example));
            }
        }
        out.printf(
                Locale.ROOT,
                "all families: %d told too little of %d that the living could tell (%.2f %%)%n",
                untold(),
                tellable(),
                100.0 * untold() / Math.max(1, tellable()));
    }

    private static void print(
            PrintStream out, String family, long sufficient, long undetermined, long absent, long split) {
        out.printf(
                Locale.ROOT,
                "%-30s %10d %12d %7d %7.2f%% %6d%n",
                family,
                sufficient,
                undetermined,
                absent,
                100.0 * (undetermined + absent) / Math.max(1, sufficient),
                split);
    }
}
