package org.mailtrace.proofpoint.stream;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * A synthetic log stream on a plain socket: one session per token and type, a live position that moves on when a record
 * is written to the socket, an archive by whole hours that ends with 1000, and faults by order.
 */
final class FakeLogStream implements AutoCloseable {
    /** What a connection does instead of behaving. Each is used once, by the next connection of its kind. */
    sealed interface Fault {
        /** Refuses the opening. */
        record Refuse(int status, String headers) implements Fault {
            Refuse(int status) {
                this(status, "");
            }
        }

        /** Opens and never says anything, not even a pong. */
        record Silence() implements Fault {}

        /** Accepts the socket and never answers the opening. */
        record NoAnswer() implements Fault {}

        /** Answers the opening byte by byte and never to its end. */
        record SlowHead() implements Fault {}

        /** Sends a record byte by byte and never to its end. */
        record SlowFrame() implements Fault {}

        /** Sends whole records for ever, of which none is the last. */
        record Endless() implements Fault {}

        /** Resets the connection after so many records. */
        record Reset(int after) implements Fault {}

        /** Behaves. */
        record None() implements Fault {}

        /** Sends so many records and then nothing but pongs. */
        record Stall(int after) implements Fault {}

        /** Closes with a code after so many records. */
        record CloseWith(int code, int after) implements Fault {}

        /** Lets this record get lost on the way: it counts as sent and never arrives, and the connection is reset. */
        record LoseAndReset(int after, int lost) implements Fault {}
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Entry(String type, Instant at, byte[] frame) {}

    /** One opening that was asked for. */
    record Opening(Map<String, String> query, String authorization) {
        boolean isArchive() {
            return query.containsKey("sinceTime");
        }

        String type() {
            return query.getOrDefault("type", "");
        }
    }

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxx");

    final Queue<Fault> liveFaults = new ConcurrentLinkedQueue<>();
    final Queue<Fault> archiveFaults = new ConcurrentLinkedQueue<>();
    final List<Opening> openings = new CopyOnWriteArrayList<>();
    final Queue<Opening> refusedAsTooMany = new ConcurrentLinkedQueue<>();
    private final ServerSocket server;
    private final String scheme;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Entry> forgotten = new ArrayList<>();
    private final Map<String, Integer> positions = new HashMap<>();
    private final Set<String> sessions = new HashSet<>();
    private final Set<Socket> sockets = java.util.concurrent.ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile boolean duplicating;
    private volatile boolean fragmenting;

    FakeLogStream() throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), "ws");
    }

    /** One that speaks TLS. */
    FakeLogStream(SSLContext tls) throws IOException {
        this(tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()), "wss");
    }

    private FakeLogStream(ServerSocket server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        Thread.ofPlatform().daemon().name("fake-stream").start(this::accept);
    }

    String url() {
        return scheme + "://localhost:" + server.getLocalPort();
    }

    /** How many sessions are open now. */
    int openSessions() {
        synchronized (sessions) {
            return sessions.size();
        }
    }

    /** How many connections were accepted, also those on which nothing was asked for. */
    int accepted() {
        return accepted.get();
    }

    /** Records are sent twice. */
    void duplicate() {
        duplicating = true;
    }

    /** Records are sent in fragments of a few bytes, with a ping among them. */
    void fragment() {
        fragmenting = true;
    }

    void log(String type, Instant at, byte[] frame) {
        synchronized (entries) {
            entries.add(new Entry(type, at, frame));
            entries.notifyAll();
        }
    }

    void log(String type, Instant at, String frame) {
        log(type, at, frame.getBytes(StandardCharsets.UTF_8));
    }

    /** Logs a record that the live stream forgets to send. */
    void logForTheArchiveOnly(String type, Instant at, String frame) {
        synchronized (entries) {
            Entry entry = new Entry(type, at, frame.getBytes(StandardCharsets.UTF_8));
            forgotten.add(entry);
            entries.add(entry);
        }
    }

    /** Cuts every connection without a word. */
    void cutAll() {
        sockets.forEach(FakeLogStream::reset);
    }

    List<Opening> archiveOpenings(String type) {
        return openings.stream()
                .filter(each -> each.isArchive() && each.type().equals(type))
                .toList();
    }

    List<Opening> liveOpenings(String type) {
        return openings.stream()
                .filter(each -> !each.isArchive() && each.type().equals(type))
                .toList();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                accepted.incrementAndGet();
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        String session = "";
        sockets.add(socket);
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            List<String> head = head(in);
            if (head.isEmpty()) {
                return;
            }
            Opening opening = opening(head);
            openings.add(opening);
            Fault ordered = (opening.isArchive() ? archiveFaults : liveFaults).poll();
            Fault fault = ordered instanceof Fault.None ? null : ordered;
            if (fault instanceof Fault.NoAnswer) {
                in.readAllBytes();
                return;
            }
            if (fault instanceof Fault.SlowHead) {
                write(socket, "HTTP/1.1 101 ".getBytes(StandardCharsets.US_ASCII));
                drip(socket);
                return;
            }
            if (fault instanceof Fault.Refuse refusal) {
                refuse(socket, refusal.status(), refusal.headers(), "");
                return;
            }
            String wanted = opening.authorization() + " " + opening.type();
            if (!take(wanted)) {
                refusedAsTooMany.add(opening);
                refuse(socket, 409, "", "Exceeded maximum number of sessions per token\r\n");
                return;
            }
            session = wanted;
            String key = value(head, "sec-websocket-key");
            write(
                    socket,
                    ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Accept: " + accepted(key) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            if (fault instanceof Fault.Silence) {
                in.readAllBytes();
                return;
            }
            String held = session;
            Thread listener = Thread.ofPlatform().daemon().start(() -> listen(socket, in, held));
            if (fault instanceof Fault.SlowFrame) {
                write(socket, new byte[] {(byte) 0x82, 126, 0x7F, 0});
                drip(socket);
                return;
            }
            if (fault instanceof Fault.Endless) {
                while (!socket.isClosed()) {
                    send(socket, "\n".getBytes(StandardCharsets.US_ASCII));
                    Thread.sleep(5);
                }
                return;
            }
            if (opening.isArchive()) {
                archive(socket, opening, fault);
            } else {
                live(socket, opening, fault);
            }
            listener.join(2000);
        } catch (IOException gone) {
            // The client went away.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            release(session);
            sockets.remove(socket);
        }
    }

    private static void drip(Socket socket) throws IOException, InterruptedException {
        while (!socket.isClosed()) {
            write(socket, new byte[] {'x'});
            Thread.sleep(5);
        }
    }

    private boolean take(String session) {
        synchronized (sessions) {
            return sessions.add(session);
        }
    }

    private void release(String session) {
        synchronized (sessions) {
            sessions.remove(session);
        }
    }

    private void live(Socket socket, Opening opening, Fault fault) throws IOException, InterruptedException {
        String key = opening.authorization() + " " + opening.type();
        int sent = 0;
        while (!socket.isClosed() && !socket.isOutputShutdown()) {
            Entry entry;
            boolean lost;
            synchronized (entries) {
                int position = positions.getOrDefault(key, 0);
                if (position >= entries.size()) {
                    entries.wait(50);
                    continue;
                }
                entry = entries.get(position);
                if (!entry.type().equals(opening.type()) || forgotten.contains(entry)) {
                    positions.put(key, position + 1);
                    continue;
                }
                lost = fault instanceof Fault.LoseAndReset losing && sent >= losing.after();
                if (lost || !isOver(fault, sent)) {
                    positions.put(key, position + 1);
                }
            }
            if (lost) {
                if (sent + 1 >= ((Fault.LoseAndReset) fault).after() + ((Fault.LoseAndReset) fault).lost()) {
                    reset(socket);
                    return;
                }
                sent++;
                continue;
            }
            if (isOver(fault, sent)) {
                end(socket, fault);
                return;
            }
            send(socket, entry.frame());
            sent++;
        }
    }

    private void archive(Socket socket, Opening opening, Fault fault) throws IOException, InterruptedException {
        Instant from =
                TIME.parse(opening.query().get("sinceTime"), Instant::from).truncatedTo(ChronoUnit.HOURS);
        Instant to = TIME.parse(opening.query().get("toTime"), Instant::from)
                .plus(1, ChronoUnit.HOURS)
                .minusNanos(1)
                .truncatedTo(ChronoUnit.HOURS);
        List<Entry> hour;
        synchronized (entries) {
            hour = entries.stream()
                    .filter(each -> each.type().equals(opening.type())
                            && !each.at().isBefore(from)
                            && each.at().isBefore(to))
                    .toList();
        }
        int sent = 0;
        for (Entry entry : hour) {
            if (isOver(fault, sent)) {
                break;
            }
            send(socket, entry.frame());
            sent++;
        }
        if (fault == null) {
            close(socket, 1000);
        } else if (fault instanceof Fault.Stall) {
            while (!socket.isClosed()) {
                Thread.sleep(20);
            }
        } else {
            end(socket, fault);
        }
    }

    private static boolean isOver(Fault fault, int sent) {
        return switch (fault) {
            case Fault.Reset reset -> sent >= reset.after();
            case Fault.CloseWith close -> sent >= close.after();
            case Fault.Stall stall -> sent >= stall.after();
            case null, default -> false;
        };
    }

    private static void end(Socket socket, Fault fault) throws IOException {
        if (fault instanceof Fault.CloseWith close) {
            close(socket, close.code());
        } else {
            reset(socket);
        }
    }

    private void send(Socket socket, byte[] payload) throws IOException {
        for (int i = 0; i < (duplicating ? 2 : 1); i++) {
            if (!fragmenting || payload.length < 2) {
                frame(socket, 0x81, payload);
                continue;
            }
            int half = payload.length / 2;
            frame(socket, 0x01, java.util.Arrays.copyOf(payload, half));
            frame(socket, 0x89, new byte[0]);
            frame(socket, 0x80, java.util.Arrays.copyOfRange(payload, half, payload.length));
        }
    }

    private void listen(Socket socket, InputStream in, String session) {
        try {
            DataInputStream data = new DataInputStream(in);
            while (true) {
                int first = data.readUnsignedByte();
                int length = data.readUnsignedByte() & 0x7F;
                if (length == 126) {
                    length = data.readUnsignedShort();
                }
                byte[] mask = data.readNBytes(4);
                byte[] payload = data.readNBytes(length);
                for (int i = 0; i < payload.length; i++) {
                    payload[i] ^= mask[i % 4];
                }
                if ((first & 0x0F) == 9) {
                    frame(socket, 0x8A, payload);
                } else if ((first & 0x0F) == 8) {
                    release(session);
                    close(socket, 1000);
                    socket.shutdownOutput();
                    return;
                }
            }
        } catch (EOFException gone) {
            release(session);
            reset(socket);
        } catch (IOException gone) {
            release(session);
            reset(socket);
        }
    }

    private static void close(Socket socket, int code) throws IOException {
        frame(socket, 0x88, new byte[] {(byte) (code >> 8), (byte) code});
    }

    private static void frame(Socket socket, int first, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < 126) {
            frame.write(payload.length);
        } else if (payload.length < 65536) {
            frame.write(126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) payload.length >> shift));
            }
        }
        frame.writeBytes(payload);
        write(socket, frame.toByteArray());
    }

    private static void write(Socket socket, byte[] bytes) throws IOException {
        synchronized (socket) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        }
    }

    private static void refuse(Socket socket, int status, String headers, String body) throws IOException {
        write(
                socket,
                ("HTTP/1.1 " + status + " No\r\nContent-Type: text/plain;charset=iso-8859-1\r\nContent-Length: "
                                + body.length() + "\r\n" + headers + "Connection: close\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException gone) {
            // It is gone already.
        }
    }

    private static List<String> head(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        int next;
        while (!text.toString().endsWith("\r\n\r\n")) {
            next = in.read();
            if (next < 0) {
                return List.of();
            }
            text.append((char) next);
        }
        return text.toString().lines().toList();
    }

    private static Opening opening(List<String> head) {
        Map<String, String> query = new HashMap<>();
        String target = head.getFirst().split(" ", -1)[1];
        for (String part : target.substring(target.indexOf('?') + 1).split("&", -1)) {
            String[] pair = part.split("=", 2);
            query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return new Opening(Map.copyOf(query), value(head, "authorization"));
    }

    private static String value(List<String> head, String name) {
        return head.stream()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static String accepted(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cutAll();
    }
}
