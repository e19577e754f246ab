package org.mailtrace.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The vendor's end of the log stream: gives whole hours of the archive as fast as they are taken and closes with 1000, and
 * keeps live connections open for what {@link #live} sends.
 */
final class StreamServer implements AutoCloseable {
    private static final String MESSAGE = "message";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxx");

    private final ServerSocket server;
    private final int messagesAnHour;
    private final PrintStream out;
    private final Map<String, StreamConnection> live = new ConcurrentHashMap<>();
    private final AtomicInteger hours = new AtomicInteger();
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong lines = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final List<StreamMail> samples = new CopyOnWriteArrayList<>();
    private long liveNumber = 1L << 40;

    StreamServer(int messagesAnHour, PrintStream out) throws IOException {
        this.messagesAnHour = messagesAnHour;
        this.out = out;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("log-stream").start(this::accept);
    }

    String url() {
        return "ws://localhost:" + server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofPlatform().daemon().name("connection").start(() -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    out.println("a connection failed: " + e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (StreamConnection connection = new StreamConnection(socket)) {
            String type = parameter(connection.target(), "type").orElseThrow();
            Optional<String> since = parameter(connection.target(), "sinceTime");
            if (since.isEmpty()) {
                live.put(type, connection);
                connection.listen();
                live.remove(type, connection);
                return;
            }
            Thread.ofPlatform().daemon().name("listening").start(connection::listen);
            List<StreamMail> sent = archive(
                    connection,
                    type.equals(MESSAGE),
                    OffsetDateTime.parse(since.get(), TIME).toInstant());
            connection.finish();
            samples.addAll(sent);
            hours.incrementAndGet();
        } catch (IOException e) {
            out.println("a connection broke: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<StreamMail> archive(StreamConnection connection, boolean filtered, Instant hour) throws IOException {
        List<StreamMail> some = new ArrayList<>();
        long step = Duration.ofHours(1).toNanos() / messagesAnHour;
        long first = hour.getEpochSecond() / 3600 * messagesAnHour;
        for (int i = 0; i < messagesAnHour; i++) {
            StreamMail mail = StreamMail.of(first + i, hour.plusNanos(step * i));
            send(connection, mail, filtered);
            if (filtered && i % 100 == 0) {
                some.add(mail);
            }
        }
        connection.flush();
        return some;
    }

    private void send(StreamConnection connection, StreamMail mail, boolean filtered) throws IOException {
        if (filtered) {
            byte[] record = mail.message().getBytes(StandardCharsets.UTF_8);
            connection.send(record);
            messages.incrementAndGet();
            bytes.addAndGet(record.length);
            return;
        }
        for (String line : mail.lines()) {
            byte[] record = line.getBytes(StandardCharsets.UTF_8);
            connection.send(record);
            lines.incrementAndGet();
            bytes.addAndGet(record.length);
        }
    }

    /** Sends so many messages of this moment with their lines on the live connections; returns the last one. */
    StreamMail live(int count) throws IOException {
        StreamConnection filtered = connected(MESSAGE);
        StreamConnection lined = connected("maillog");
        StreamMail mail = null;
        for (int i = 0; i < count; i++) {
            mail = StreamMail.of(liveNumber++, Instant.now());
            send(filtered, mail, true);
            send(lined, mail, false);
        }
        filtered.flush();
        lined.flush();
        return mail;
    }

    /** Whether the service has its live connections of both types. */
    boolean isFollowed() {
        return live.containsKey(MESSAGE) && live.containsKey("maillog");
    }

    /**
     * Sends live what was filtered between two moments, the second one not included: the same messages that the archive has
     * of these hours.
     */
    List<StreamMail> live(Instant from, Instant to) throws IOException {
        StreamConnection filtered = connected(MESSAGE);
        StreamConnection lined = connected("maillog");
        List<StreamMail> sent = new ArrayList<>();
        long step = Duration.ofHours(1).toNanos() / messagesAnHour;
        for (Instant hour = from.truncatedTo(ChronoUnit.HOURS);
                hour.isBefore(to);
                hour = hour.plus(1, ChronoUnit.HOURS)) {
            for (int i = 0; i < messagesAnHour; i++) {
                Instant at = hour.plusNanos(step * i);
                if (!at.isBefore(from) && at.isBefore(to)) {
                    StreamMail mail = StreamMail.of(hour.getEpochSecond() / 3600 * messagesAnHour + i, at);
                    send(filtered, mail, true);
                    send(lined, mail, false);
                    sent.add(mail);
                }
            }
        }
        filtered.flush();
        lined.flush();
        return sent;
    }

    private StreamConnection connected(String type) {
        return Optional.ofNullable(live.get(type))
                .orElseThrow(() -> new IllegalStateException("the service has no live connection of type " + type));
    }

    /** Hours that were sent wholly and whose end was taken, of both types. */
    int hours() {
        return hours.get();
    }

    /** A message of the hours that were sent wholly; empty before the first one. */
    Optional<StreamMail> sample() {
        int count = samples.size();
        return count == 0
                ? Optional.empty()
                : Optional.of(samples.get(ThreadLocalRandom.current().nextInt(count)));
    }

    long messages() {
        return messages.get();
    }

    /** Records of both types that were sent. */
    long records() {
        return messages.get() + lines.get();
    }

    long bytes() {
        return bytes.get();
    }

    private static Optional<String> parameter(String target, String name) {
        for (String pair : target.substring(target.indexOf('?') + 1).split("&", -1)) {
            if (pair.startsWith(name + '=')) {
                return Optional.of(URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
