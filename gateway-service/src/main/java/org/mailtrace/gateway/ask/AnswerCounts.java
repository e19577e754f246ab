package org.mailtrace.gateway.ask;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.mailtrace.contract.SourceAnswer;

/** Counts what sources answered, and who was cut off at the gateway's own deadline. */
@ApplicationScoped
class AnswerCounts {
    private final MeterRegistry metrics;

    AnswerCounts(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /** Counts an answer. */
    void count(SourceAnswer answer) {
        Timer.builder("mailtrace.gateway.answers")
                .description("Answers of the sources to the gateway, by state, with the time they took")
                .tag("source", answer.source())
                .tag("state", answer.state().name())
                .register(metrics)
                .record(answer.tookMs(), TimeUnit.MILLISECONDS);
    }

    /** Counts a source that was waited for so long, in vain; what stands in for its answer. */
    SourceAnswer cutOff(Call call, Duration after) {
        metrics.counter(
                        "mailtrace.gateway.deadline.missed",
                        "source",
                        call.source().name())
                .increment();
        return call.source().late(after);
    }
}
