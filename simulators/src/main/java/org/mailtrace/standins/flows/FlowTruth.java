package org.mailtrace.standins.flows;

import java.util.List;

/**
 * The truth about one flow: one message, or some that are easily mistaken for each other.
 *
 * @param id names the seed and the number, from which the flow can be made again
 * @param family what kind of flow it is
 */
public record FlowTruth(String id, long seed, int number, String family, List<Truth> messages) {
    public FlowTruth {
        messages = List.copyOf(messages);
    }
}
