package org.mailtrace.standins.traffic;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each endpoint was asked, whatever the answer. */
@ApplicationScoped
class RequestCounters {
    /** One endpoint's count. */
    record Count(String endpoint, long requests) {}

    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

    void count(Endpoint endpoint) {
        counts.computeIfAbsent(endpoint.name(), name -> new LongAdder()).increment();
    }

    List<Count> all() {
        return counts.entrySet().stream()
                .map(e -> new Count(e.getKey(), e.getValue().sum()))
                .toList();
    }

    void reset() {
        counts.clear();
    }
}
