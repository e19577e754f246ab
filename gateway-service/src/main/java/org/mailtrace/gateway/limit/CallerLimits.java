package org.mailtrace.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.mailtrace.http.problem.ProblemException;
import org.mailtrace.http.problem.ProblemKind;

/**
 * Admits requests: of each caller so many in a minute, and of all so many at once. Whoever is refused is refused before
 * any work is done, and told when to come again. Each gateway counts for itself.
 *
 * <p>Caffeine looks up the classes of a cache and of its entries by names made of its traits.
 */
@RegisterForReflection(
        classNames = {"com.github.benmanes.caffeine.cache.SSMSA", "com.github.benmanes.caffeine.cache.PSAMS"})
@Provider
@ApplicationScoped
@Priority(Priorities.AUTHORIZATION + 100)
public class CallerLimits implements ContainerRequestFilter {
    private static final int CALLERS_REMEMBERED = 10_000;

    private final int perMinute;
    private final Semaphore places;
    private final Cache<String, Bucket> buckets;
    private final Counter tooMany;
    private final Counter full;
    private final SecurityIdentity caller;
    private final RoutingContext request;

    CallerLimits(CallerSettings settings, MeterRegistry metrics, SecurityIdentity caller, RoutingContext request) {
        this.caller = caller;
        this.request = request;
        this.perMinute = settings.requestsPerMinute();
        this.places = new Semaphore(settings.requestsAtOnce());
        this.buckets = Caffeine.newBuilder()
                .maximumSize(CALLERS_REMEMBERED)
                .expireAfterAccess(Duration.ofMinutes(5))
                .build();
        int all = settings.requestsAtOnce();
        Gauge.builder("mailtrace.gateway.requests.underway", places, free -> all - free.availablePermits())
                .description("Requests that are being worked on")
                .register(metrics);
        this.tooMany = refused(metrics, "caller");
        this.full = refused(metrics, "all");
    }

    private static Counter refused(MeterRegistry metrics, String limit) {
        return Counter.builder("mailtrace.gateway.refused")
                .description("Requests refused because a caller, or all together, asked too much")
                .tag("limit", limit)
                .register(metrics);
    }

    /** Runs for every request that found a resource and a caller who may use it. */
    @Override
    public void filter(ContainerRequestContext ignored) {
        if (caller.isAnonymous()) {
            return;
        }
        ConsumptionProbe probe =
                buckets.get(caller.getPrincipal().getName(), name -> bucket()).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            tooMany.increment();
            long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1);
            throw refusal(
                    ProblemKind.TOO_MANY_REQUESTS,
                    "You may send " + perMinute + " requests in a minute. Wait as Retry-After says, then go on.",
                    seconds);
        }
        if (!places.tryAcquire()) {
            full.increment();
            throw refusal(
                    ProblemKind.OVERLOADED,
                    "As many requests as this gateway can work on are under way; send it again in a moment.",
                    1);
        }
        Departure.of(request, places::release);
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .build();
    }

    private static ProblemException refusal(ProblemKind kind, String detail, long seconds) {
        return new ProblemException(kind, detail, List.of(), List.of(), Optional.of(seconds));
    }
}
