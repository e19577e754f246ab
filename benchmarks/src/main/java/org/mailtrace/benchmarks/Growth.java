package org.mailtrace.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a service held at the end of each day, and whether any of that grows: by more than it may, and by more than what goes up and
 * down from day to day could make believe.
 */
final class Growth {
    /** From this day on nothing may grow any more. */
    static final int SETTLED = 12;

    /** So many times its standard error must a slope have to be one. */
    private static final double SURE = 3;

    private final List<List<Amount>> days = new ArrayList<>();

    /**
     * One number.
     *
     * @param mayGrow what the settled days together may add to it, as a share of their average; infinite for what is only told
     */
    record Amount(String what, double value, double mayGrow) {
        static Amount told(String what, double value) {
            return new Amount(what, value, Double.POSITIVE_INFINITY);
        }
    }

    /** Adds a day, whose numbers are in the same order as those before; returns it as text. */
    String add(List<Amount> day) {
        days.add(List.copyOf(day));
        return day.stream()
                .map(amount -> String.format(Locale.ROOT, "%s %.1f", amount.what(), amount.value()))
                .collect(Collectors.joining("  "));
    }

    int days() {
        return days.size();
    }

    /** Says of each number how it went, and returns whether none grew by more than it may. */
    boolean isBounded(PrintStream out) {
        boolean bounded = true;
        for (int i = 0; i < days.getFirst().size(); i++) {
            bounded &= isBounded(i, out);
        }
        return bounded;
    }

    /** Least squares over the settled days: what they added, against the average. */
    private boolean isBounded(int number, PrintStream out) {
        List<Amount> settled = days.subList(SETTLED, days.size()).stream()
                .map(day -> day.get(number))
                .toList();
        double middle = (settled.size() - 1) / 2.0;
        double average = settled.stream().mapToDouble(Amount::value).average().orElse(0);
        double above = 0;
        double below = 0;
        for (int i = 0; i < settled.size(); i++) {
            above += (i - middle) * (settled.get(i).value() - average);
            below += (i - middle) * (i - middle);
        }
        double slope = above / below;
        double off = 0;
        for (int i = 0; i < settled.size(); i++) {
            off += Math.pow(settled.get(i).value() - average - slope * (i - middle), 2);
        }
        double error = Math.sqrt(off / (settled.size() - 2) / below);
        double share = average == 0 ? 0 : slope * settled.size() / average;
        boolean bounded = share <= settled.getFirst().mayGrow() || slope <= SURE * error;
        out.printf(
                Locale.ROOT,
                "%-20s average %.1f, slope %+.3f a day (standard error %.3f): %+.1f %% in the last %d days%s%n",
                settled.getFirst().what(),
                average,
                slope,
                error,
                100 * share,
                settled.size(),
                bounded ? "" : "  GROWS");
        return bounded;
    }
}
