package org.mailtrace.standins.flows;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All kinds of flows, each with its share. */
final class Families {
    /**
     * One kind.
     *
     * @param weight how often it comes, against the others
     */
    record Family(String name, int weight, Consumer<Scene> play) {}

    private static final List<Family> ALL = all();

    private Families() {}

    static Family of(Chance chance) {
        return ALL.get(chance.weighted(ALL.stream().mapToInt(Family::weight).toArray()));
    }

    /** Every kind in turn, and the dice after that: small numbers have one of each. */
    static Family of(int number, Chance chance) {
        return number < ALL.size() ? ALL.get(number) : of(chance);
    }

    private static List<Family> all() {
        List<Family> all = new ArrayList<>();
        all.addAll(Inbound.FAMILIES);
        all.addAll(Inside.FAMILIES);
        all.addAll(Outbound.FAMILIES);
        all.addAll(Readdressing.FAMILIES);
        all.addAll(Holding.FAMILIES);
        all.addAll(Trouble.FAMILIES);
        all.addAll(Likeness.FAMILIES);
        return List.copyOf(all);
    }
}
