package org.mailtrace.proofpoint.stream;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.mailtrace.proofpoint.stream.Arrival.End;
import org.mailtrace.proofpoint.stream.Arrival.Frame;
import org.mailtrace.proofpoint.stream.Arrival.Pong;
import org.mailtrace.proofpoint.stream.Arrival.TooLarge;

/**
 * One connection. The vendor's server is asked for the next frame only while there is room for it here; otherwise TCP
 * makes it wait. Frames are put together here, because the vendor's records exceed what libraries take by default.
 */
final class Session implements WebSocket.Listener, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Session.class);
    /** Frames are small as a rule; so many cost little more than their bytes. */
    private static final int MOST_WAITING = 2000;
    /** Of a record that is too large, so much is kept to tell what it was. */
    private static final int HEAD = 64 * 1024;

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final byte[] NO_PAYLOAD = {};

    private final Clock clock;
    private final int maxFrame;
    private final long room;
    private final Duration pingEvery;
    private final Duration silence;
    private final Duration frameWithin;
    private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicBoolean starving = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong heard = new AtomicLong(System.nanoTime());
    private final FrameBuffer frame = new FrameBuffer();
    private long length;
    private volatile WebSocket socket;
    private volatile Optional<Instant> pinged = Optional.empty();
    private volatile long pingedNanos;
    /** When the first part of the frame came that is not whole yet. */
    private volatile OptionalLong frameBegan = OptionalLong.empty();

    Session(StreamSettings settings, Clock clock) {
        this.clock = clock;
        this.maxFrame = Math.toIntExact(settings.maxFrame().asLongValue());
        this.room = settings.waiting().asLongValue();
        this.pingEvery = settings.pingEvery();
        this.silence = settings.silence();
        this.frameWithin = settings.frameWithin();
    }

    /** The connection that this listens to. */
    void uses(WebSocket opened) {
        socket = opened;
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        heard.set(System.nanoTime());
        opened.request(1);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        return part(from, data.toString().getBytes(StandardCharsets.UTF_8), last);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return part(from, bytes, last);
    }

    private CompletionStage<?> part(WebSocket from, byte[] bytes, boolean last) {
        heard.set(System.nanoTime());
        length += bytes.length;
        if (length <= maxFrame) {
            frame.writeBytes(bytes);
        } else if (frame.size() > HEAD) {
            byte[] head = Arrays.copyOf(frame.toByteArray(), HEAD);
            frame.clear();
            frame.writeBytes(head);
        }
        if (!last) {
            if (frameBegan.isEmpty()) {
                frameBegan = OptionalLong.of(System.nanoTime());
            }
            from.request(1);
            return null;
        }
        frameBegan = OptionalLong.empty();
        Instant now = clock.instant();
        byte[] whole = frame.toByteArray();
        arrived(from, length <= maxFrame ? new Frame(whole, now) : new TooLarge(whole, length, now), whole.length);
        frame.clear();
        length = 0;
        return null;
    }

    private void arrived(WebSocket from, Arrival arrival, int size) {
        long now = waiting.addAndGet(size);
        arrivals.add(arrival);
        starving.set(true);
        if (now < room && arrivals.size() < MOST_WAITING) {
            feed(from);
        }
    }

    private void feed(WebSocket from) {
        if (starving.compareAndSet(true, false)) {
            from.request(1);
        }
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
        heard.set(System.nanoTime());
        pinged.ifPresent(asked -> arrivals.add(new Pong(asked)));
        pinged = Optional.empty();
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPing(WebSocket from, ByteBuffer payload) {
        heard.set(System.nanoTime());
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        end(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        LOG.debugf("the connection failed reason=%s", error);
        end(End.LOST);
    }

    private void end(int code) {
        if (ended.compareAndSet(false, true)) {
            arrivals.add(new End(code));
        }
    }

    /** The next thing that came, if something comes in time. */
    Optional<Arrival> next(Duration patience) throws InterruptedException {
        Arrival arrival = arrivals.poll(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS);
        int size = switch (arrival) {
            case Frame whole -> whole.bytes().length;
            case TooLarge large -> large.head().length;
            case null, default -> 0;
        };
        long left = waiting.addAndGet(-size);
        if (left < room && arrivals.size() < MOST_WAITING) {
            feed(socket);
        }
        return Optional.ofNullable(arrival);
    }

    /** Pings a quiet connection, and gives it up when even that stays without an answer. */
    void keepAlive() {
        OptionalLong began = frameBegan;
        if (began.isPresent() && since(began.getAsLong()).compareTo(frameWithin) > 0) {
            // Each byte is a sign of life, and yet nothing ever comes of it.
            LOG.debug("a record that comes byte by byte is given up");
            abort();
            return;
        }
        if (ended.get() || starving.get()) {
            // It is we who do not listen.
            heard.set(System.nanoTime());
            return;
        }
        if (pinged.isPresent()) {
            if (since(Math.max(pingedNanos, heard.get())).compareTo(silence) > 0) {
                abort();
            }
        } else if (since(Math.max(pingedNanos, heard.get())).compareTo(pingEvery) >= 0) {
            ping();
        }
    }

    /** Asks for a sign of life; its pong says that all that was sent before has come. */
    void ping() {
        pingedNanos = System.nanoTime();
        pinged = Optional.of(clock.instant());
        socket.sendPing(ByteBuffer.wrap(NO_PAYLOAD)).exceptionally(error -> {
            // What was sent to us may still be on its way: the end of the input, or silence, decides.
            LOG.debugf("a ping could not be sent reason=%s", error);
            return null;
        });
    }

    /** Pings a connection that is not quiet, unless a pong is still awaited, and not more often than each second. */
    void pingAgain() {
        if (pinged.isEmpty() && since(pingedNanos).compareTo(SECOND) >= 0) {
            ping();
        }
    }

    /** Says goodbye; what was sent before the vendor says so too still comes, then the end. */
    void finish() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(error -> {
            LOG.debugf("the goodbye could not be sent reason=%s", error);
            return null;
        });
    }

    /** Whether nothing comes any more. */
    boolean isOver() {
        return ended.get();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private void abort() {
        socket.abort();
        end(End.LOST);
    }

    @Override
    public void close() {
        if (!socket.isInputClosed() || !socket.isOutputClosed()) {
            socket.abort();
        }
        end(End.LOST);
    }
}
