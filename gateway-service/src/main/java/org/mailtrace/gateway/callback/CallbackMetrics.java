package org.mailtrace.gateway.callback;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** How call-backs fare. */
@ApplicationScoped
class CallbackMetrics {
    private final MeterRegistry metrics;

    CallbackMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void attempt(CallbackState led) {
        count("mailtrace.gateway.callback.attempts", "Attempts to call back, by what they led to", led);
    }

    void ended(CallbackState state) {
        count("mailtrace.gateway.callbacks.ended", "Call-backs that are over, by how they ended", state);
    }

    private void count(String name, String description, CallbackState state) {
        Counter.builder(name)
                .description(description)
                .tag("state", state.name().toLowerCase(Locale.ROOT))
                .register(metrics)
                .increment();
    }
}
