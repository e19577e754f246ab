package org.mailtrace.standins.proofpoint;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mailtrace.standins.traffic.FaultSwitches;

/** One connection to the log stream: the archive's hours, the live stream, or the one after the other. */
final class StreamSession {
    private static final short NORMAL = 1000;
    private static final long TICK_MILLIS = 250;
    private static final int ONE_TWICE_IN = 7;
    private static final int MINUTES_OF_DISORDER = 10;
    private static final String POISON = "{\"guid\":\"torn";

    private final Vertx vertx;
    private final ConnectionBase connection;
    private final ServerWebSocket socket;
    private final StreamSeats.Seat seat;
    private final StreamSeats seats;
    private final Function<StreamType, List<StreamRecord>> records;
    private final FaultSwitches faults;
    private final Clock clock;
    private Optional<Instant> position = Optional.empty();
    private boolean closed;
    /** Whether the seat was given back already; another session may have it by now. */
    private boolean left;

    StreamSession(
            Vertx vertx,
            HttpConnection connection,
            ServerWebSocket socket,
            StreamSeats.Seat seat,
            StreamSeats seats,
            Function<StreamType, List<StreamRecord>> records,
            FaultSwitches faults,
            Clock clock) {
        this.vertx = vertx;
        this.connection = (ConnectionBase) connection;
        this.socket = socket;
        this.seat = seat;
        this.seats = seats;
        this.records = records;
        this.faults = faults;
        this.clock = clock;
    }

    /** A client that says goodbye frees its seat at once, any other only after a while. */
    void begin(Optional<StreamRange> range, Duration linger) {
        long timer = vertx.setPeriodic(TICK_MILLIS, tick -> tick(range));
        socket.exceptionHandler(e -> socket.close());
        socket.closeHandler(gone -> {
            closed = true;
            vertx.cancelTimer(timer);
            Short code = socket.closeStatusCode();
            if (left) {
                return;
            }
            if (code != null && code == NORMAL) {
                seats.leave(seat);
            } else {
                vertx.setTimer(linger.toMillis(), later -> seats.leave(seat));
            }
        });
        // The vendor sends such frames when there is nothing to tell.
        socket.writeTextMessage("");
        if (range.isEmpty()) {
            position = Optional.of(seats.begin(seat, clock.instant()));
        } else {
            // A back-fill asks for many hours one by one.
            tick(range);
        }
    }

    private void tick(Optional<StreamRange> range) {
        if (closed) {
            return;
        }
        // Who does not read sends no pong either.
        connection.channel().config().setAutoRead(!faults.streamIsSilent());
        if (faults.streamIsDropped()) {
            // Below the handler that would say goodbye first.
            var _ = connection.channelHandlerContext().close();
        } else if (!faults.streamIsSilent()) {
            if (position.isEmpty()) {
                archive(range.orElseThrow());
            } else {
                live(position.get());
            }
        }
    }

    private void archive(StreamRange range) {
        Instant now = clock.instant();
        send(range.of(records.apply(seat.type()), now));
        if (range.until().isPresent()) {
            closed = true;
            // Ended by us: the client may come back at once for the next hour.
            left = true;
            seats.leave(seat);
            socket.close(NORMAL);
        } else {
            position = Optional.of(now);
        }
    }

    private void live(Instant after) {
        Instant now = clock.instant();
        send(seats.arrived(seat.type(), records.apply(seat.type()), after, now));
        position = Optional.of(now);
        seats.sentUntil(seat, now);
    }

    /** Several agents feed the stream, so it is in order only roughly; and now and then something comes twice. */
    private void send(List<StreamRecord> some) {
        if (faults.streamIsPoisoned()) {
            socket.writeTextMessage(POISON);
        }
        List<StreamRecord> sent = new ArrayList<>(some);
        sent.sort(Comparator.comparing(
                record -> record.at().plus(record.chance() % MINUTES_OF_DISORDER, ChronoUnit.MINUTES)));
        // The newest overtakes the others.
        Collections.rotate(sent, 1);
        sent.forEach(record -> {
            String json = record.json().get();
            socket.writeTextMessage(json);
            if (record.chance() % ONE_TWICE_IN == 0) {
                socket.writeTextMessage(json);
            }
        });
    }
}
