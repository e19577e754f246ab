package org.mailtrace.http.guard;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import java.util.List;

/**
 * What SmallRye shows of the state of a circuit. It belongs to the circuit that was there first under a name; that of a new
 * one is only shown once that of the old one is gone. Counters go on counting.
 */
final class CircuitMetrics {
    private CircuitMetrics() {}

    /** Takes out what is shown of a circuit that is no more; the next call shows the new one. */
    static void forget(String name) {
        List<Meter> old = Metrics.globalRegistry.getMeters().stream()
                .filter(meter -> name.equals(meter.getId().getTag("method")))
                .filter(meter -> meter.getId().getName().startsWith("ft.")
                        && (meter.getId().getType() == Meter.Type.GAUGE
                                || meter.getId().getName().startsWith("ft.circuitbreaker.state")))
                .toList();
        old.forEach(Metrics.globalRegistry::remove);
    }
}
