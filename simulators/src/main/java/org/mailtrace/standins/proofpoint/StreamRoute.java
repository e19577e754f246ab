package org.mailtrace.standins.proofpoint;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Optional;
import org.mailtrace.standins.StandInsConfig;
import org.mailtrace.standins.traffic.FaultSwitches;

/**
 * The log stream: lets sessions in or refuses them. Only the text of 409 is public; the other refusals' texts are ours.
 */
@ApplicationScoped
class StreamRoute {
    private static final String BEARER = "Bearer ";
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final StandInsConfig.Proofpoint config;
    private final StreamSeats seats;
    private final StreamRecords records;
    private final FaultSwitches faults;
    private final Clock clock;

    StreamRoute(StandInsConfig config, StreamSeats seats, StreamRecords records, FaultSwitches faults, Clock clock) {
        this.config = config.proofpoint();
        this.seats = seats;
        this.records = records;
        this.faults = faults;
        this.clock = clock;
    }

    void register(@Observes Router router) {
        router.get("/proofpoint/v1/stream").handler(this::open);
    }

    private void open(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<String> token = Optional.ofNullable(request.getHeader("Authorization"))
                .filter(header -> header.startsWith(BEARER))
                .map(header -> header.substring(BEARER.length()))
                .filter(config.streamTokens()::contains);
        Optional<StreamType> type = StreamType.of(request.getParam("type"));
        if (token.isEmpty()) {
            refuse(context, UNAUTHORIZED, "Unauthorized\r\n");
        } else if (!config.streamClusterId().equals(request.getParam("cid"))) {
            refuse(context, NOT_FOUND, "Unknown cluster\r\n");
        } else if (type.isEmpty()) {
            refuse(context, BAD_REQUEST, "Unknown type\r\n");
        } else {
            admit(context, new StreamSeats.Seat(token.get(), type.get()));
        }
    }

    private void admit(RoutingContext context, StreamSeats.Seat seat) {
        HttpServerRequest request = context.request();
        Optional<StreamRange> range;
        try {
            range = Optional.ofNullable(request.getParam("sinceTime"))
                    .map(since ->
                            StreamRange.of(since, Optional.ofNullable(request.getParam("toTime")), clock.instant()));
        } catch (IllegalArgumentException e) {
            refuse(context, BAD_REQUEST, e.getMessage() + "\r\n");
            return;
        }
        if (!seats.take(seat)) {
            refuse(context, CONFLICT, "Exceeded maximum number of sessions per token\r\n");
            return;
        }
        request.toWebSocket()
                .onSuccess(socket -> begin(context, socket, seat, range))
                .onFailure(e -> seats.leave(seat));
    }

    private void begin(
            RoutingContext context, ServerWebSocket socket, StreamSeats.Seat seat, Optional<StreamRange> range) {
        new StreamSession(
                        context.vertx(),
                        context.request().connection(),
                        socket,
                        seat,
                        seats,
                        type -> records.visibleAt(clock.instant(), type),
                        faults,
                        clock)
                .begin(range, config.streamLinger());
    }

    private static void refuse(RoutingContext context, int status, String text) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/plain")
                .end(text);
    }
}
