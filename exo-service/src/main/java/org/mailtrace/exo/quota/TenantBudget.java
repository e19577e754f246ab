package org.mailtrace.exo.quota;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.jobs.JobStore;
import org.mailtrace.jobs.JobsException;
import org.mailtrace.jobs.SharedBudget;

/** The tenant's budget, counted in the store for all processes of the service together and over restarts. */
@Startup
@ApplicationScoped
class TenantBudget implements RequestBudget {
    private static final Logger LOG = Logger.getLogger(TenantBudget.class);
    private static final String NAME = "message-trace";

    private final SharedBudget budget;
    private final int reserved;
    private final Duration window;

    TenantBudget(QuotaSettings settings, JobStore store, MeterRegistry metrics) {
        check(settings);
        this.budget = store.budget(NAME, settings.requests(), settings.window());
        this.reserved = settings.reservedForQuestions();
        this.window = settings.window();
        Gauge.builder("mailtrace.exo.requests.remaining", this, TenantBudget::gauge)
                .description("Requests to Microsoft Graph that the budget still allows; not a number while unknown")
                .register(metrics);
    }

    private static void check(QuotaSettings settings) {
        if (settings.reservedForQuestions() >= settings.requests()) {
            throw new ConfigurationException("Set mailtrace.exo.quota.reserved-for-questions to less than"
                    + " mailtrace.exo.quota.requests; otherwise no report could ever send a request.");
        }
        if (settings.window().isNegative() || settings.window().isZero()) {
            throw new ConfigurationException("Set mailtrace.exo.quota.window to a span such as 5m.");
        }
    }

    @Override
    public Optional<Duration> take(Priority priority) {
        return counted(() -> budget.take(1, priority == Priority.REPORT ? reserved : 0));
    }

    @Override
    public int remaining() {
        return counted(budget::remaining);
    }

    /** The vendor's word stands also where it cannot be kept; what cannot be kept cannot be spent either. */
    @Override
    public Duration pause(Optional<Duration> pause) {
        try {
            return budget.pause(pause);
        } catch (JobsException e) {
            LOG.warnf("pause could not be stored reason=%s", e.getMessage());
            return pause.orElse(window);
        }
    }

    /** A store that fails must not stop the other metrics. */
    private double gauge() {
        try {
            return budget.remaining();
        } catch (JobsException e) {
            return Double.NaN;
        }
    }

    private static <T> T counted(Supplier<T> counting) {
        try {
            return counting.get();
        } catch (JobsException e) {
            LOG.warnf("requests could not be counted reason=%s", e.getMessage());
            throw SourceFailure.ofOurOwn(SourceState.FAILED, Words.notCounted(e.getMessage()), e);
        }
    }
}
