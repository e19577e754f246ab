package org.mailtrace.standins.traffic;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/** Every request passes here first: it is counted, and answered wrongly if a test wants that. */
@ApplicationScoped
class FrontDoor {
    private static final int FIRST = 1000;
    private static final int TOO_MANY_REQUESTS = 429;

    private final RequestCounters counters;
    private final FaultSwitches switches;

    FrontDoor(RequestCounters counters, FaultSwitches switches) {
        this.counters = counters;
        this.switches = switches;
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, FIRST);
    }

    private void handle(RoutingContext context) {
        Optional<Endpoint> endpoint = Endpoint.of(context.request());
        endpoint.ifPresent(counters::count);
        Optional<SystemFault> fault = endpoint.flatMap(e -> switches.of(e.system()))
                .filter(each -> concerns(each, context.request().path()))
                .filter(each ->
                        each.operation().map(endpoint.get().operation()::equals).orElse(true))
                .filter(each -> !isOfTheCmdlet(each, endpoint.get()))
                .filter(each -> !isOfTheSession(each, endpoint.get()));
        if (fault.isEmpty()) {
            context.next();
            return;
        }
        long delay = fault.get().delayMs().orElse(0L);
        if (delay > 0) {
            context.request().pause();
            context.vertx().setTimer(delay, timer -> {
                context.request().resume();
                misbehave(context, endpoint.get(), fault.get());
            });
        } else {
            misbehave(context, endpoint.get(), fault.get());
        }
    }

    private static boolean concerns(SystemFault fault, String path) {
        return fault.server().map(server -> path.contains("/" + server + "/")).orElse(true);
    }

    /** A server that is slow or overloaded says so in the shell's own words. */
    private static boolean isOfTheCmdlet(SystemFault fault, Endpoint endpoint) {
        return endpoint.system().equals(FaultSwitches.SHELL)
                && (fault.throttle().isPresent() || fault.delayMs().isPresent());
    }

    /** A half-open or poisoned stream lets its sessions in first. */
    private static boolean isOfTheSession(SystemFault fault, Endpoint endpoint) {
        return endpoint.system().equals(FaultSwitches.STREAM) && (fault.silent() || fault.garbled());
    }

    private static void misbehave(RoutingContext context, Endpoint endpoint, SystemFault fault) {
        HttpServerResponse response = context.response();
        if (fault.silent()) {
            return;
        }
        if (fault.dropped()) {
            context.request().connection().close();
        } else if (fault.throttle().isPresent()) {
            fault.throttle()
                    .get()
                    .retryAfterSeconds()
                    .ifPresent(seconds -> response.putHeader("Retry-After", seconds.toString()));
            response.setStatusCode(TOO_MANY_REQUESTS)
                    .putHeader("Content-Type", "application/json")
                    .end("{\"error\":{\"code\":\"TooManyRequests\",\"message\":\"Your recent queries have surpassed "
                            + "the permitted limit, please try again later.\"}}");
        } else if (fault.refuse().isPresent()) {
            refuse(response, endpoint, fault.refuse().get());
        } else if (fault.status().isPresent()) {
            response.setStatusCode(fault.status().get()).end("Synthetic failure");
        } else if (fault.garbled()) {
            response.putHeader("Content-Type", "application/json").end("{\"result\":[{\"GUID\":\"");
        } else if (fault.trickleMs().isPresent()) {
            trickle(context, fault.trickleMs().get());
        } else {
            context.next();
        }
    }

    /** Exchange's admin API declares its empty body as gzip. */
    private static void refuse(HttpServerResponse response, Endpoint endpoint, Refusal refusal) {
        response.setStatusCode(refusal.status()).putHeader("Content-Type", "application/json");
        if (endpoint.operation().equals("invoke-command")) {
            response.putHeader("Content-Encoding", "gzip").end();
        } else {
            response.end(refusal.body());
        }
    }

    private static void trickle(RoutingContext context, long everyMs) {
        HttpServerResponse response = context.response();
        response.setChunked(true).putHeader("Content-Type", "application/json").write("{\"value\":[");
        long timer = context.vertx().setPeriodic(everyMs, tick -> response.write(" "));
        response.closeHandler(closed -> context.vertx().cancelTimer(timer));
    }
}
