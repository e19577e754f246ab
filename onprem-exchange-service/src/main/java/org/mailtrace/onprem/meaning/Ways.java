package org.mailtrace.onprem.meaning;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says for each recipient where the message came from and which servers saw it, also under the addresses that led there. */
final class Ways {
    /** Address to server to the place of its first row in the order of custody. */
    private final Map<String, Map<String, Integer>> seen = new HashMap<>();

    private final Lineage lineage = new Lineage();
    private final Provenance provenance;

    /**
     * The ways of one message.
     *
     * @param rows in the order of custody
     */
    Ways(List<LogRow> rows, Map<String, LastWord> fates, Provenance provenance) {
        this.provenance = provenance;
        fates.forEach((address, word) -> lineage.add(address, word.related()));
        for (int i = 0; i < rows.size(); i++) {
            if (!rows.get(i).noise()) {
                for (String address : rows.get(i).row().recipients()) {
                    seen.computeIfAbsent(address.toLowerCase(Locale.ROOT), any -> new HashMap<>())
                            .putIfAbsent(rows.get(i).server(), i);
                }
            }
        }
    }

    Optional<String> of(String address) {
        Map<String, Integer> servers = new HashMap<>();
        lineage.upwards(List.of(address))
                .forEach(each -> seen.getOrDefault(each, Map.of())
                        .forEach((server, place) -> servers.merge(server, place, Math::min)));
        return servers.isEmpty()
                ? Optional.empty()
                : RouteDictionary.way(
                        provenance.giver(),
                        servers.entrySet().stream()
                                .sorted(Map.Entry.comparingByValue())
                                .map(Map.Entry::getKey)
                                .toList());
    }
}
