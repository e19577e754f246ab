package org.mailtrace.onprem.meaning;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which addresses of a message led to which: aliases, groups in groups, forwardings. Loops end where they began. */
final class Lineage {
    private final Map<String, Set<String>> down = new HashMap<>();
    private final Map<String, Set<String>> up = new HashMap<>();

    /** The message's addresses went on to these. */
    void add(String address, List<String> onwards) {
        for (String target : onwards) {
            down.computeIfAbsent(lower(address), any -> new LinkedHashSet<>()).add(lower(target));
            up.computeIfAbsent(lower(target), any -> new LinkedHashSet<>()).add(lower(address));
        }
    }

    /** These, whatever they went on to, and whatever led to these; not what else that led to. All in lower case. */
    Set<String> of(Collection<String> addresses) {
        Set<String> all = reached(addresses, down);
        all.addAll(reached(addresses, up));
        return all;
    }

    /** These and whatever led to them. */
    Set<String> upwards(Collection<String> addresses) {
        return reached(addresses, up);
    }

    private static Set<String> reached(Collection<String> addresses, Map<String, Set<String>> edges) {
        Set<String> reached = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>();
        addresses.forEach(address -> open.add(lower(address)));
        while (!open.isEmpty()) {
            String address = open.removeFirst();
            if (reached.add(address)) {
                open.addAll(edges.getOrDefault(address, Set.of()));
            }
        }
        return reached;
    }

    private static String lower(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
