package org.mailtrace.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A source that costs next to nothing: it answers every question with the same prepared bytes. What it was asked is not
 * looked at, so the rows must be right for the question that is asked.
 */
final class Backend implements Answering, AutoCloseable {
    /** How it bears itself. */
    enum Manner {
        /** Answers at once. */
        WELL,
        /** Its port is closed. */
        DEAD,
        /** Answers, a byte a second. */
        SLOW,
        /** Takes connections and says nothing. */
        BLACK_HOLE,
        /** Answers for three seconds, and hangs up on everybody in the next three. */
        FLAPPING
    }

    private static final Duration FLAP = Duration.ofSeconds(3);
    private static final int END_OF_HEAD = 0x0D0A0D0A;

    private final String name;
    private volatile Manner manner = Manner.WELL;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ServerSocket door;
    private final int port;
    private final AtomicLong requests = new AtomicLong();
    private volatile byte[] envelope = new byte[0];
    private volatile byte[] list = new byte[0];

    Backend(String name) throws IOException {
        this.name = name;
        this.door = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        this.port = door.getLocalPort();
        Thread.ofVirtual().start(this::accept);
    }

    /** From now on it bears itself so, also on connections that it has. */
    void turns(Manner next) throws IOException {
        requests.set(0);
        manner = next;
        if (next == Manner.DEAD) {
            close();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int port() {
        return port;
    }

    /** Questions that arrived since it last changed its manners. */
    long requests() {
        return requests.get();
    }

    /** From now on it answers with these rows, as a source does and, at {@code /rows}, as a bare list. */
    void answers(BackendRows rows) {
        envelope = response(rows.envelope(name));
        list = response(rows.list(name));
    }

    private static byte[] response(String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                client.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client) {
            InputStream in = client.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] buffer = new byte[16 * 1024];
            int last = 0;
            boolean forRows = false;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    forRows |= last == ('G' << 24 | 'E' << 16 | 'T' << 8 | ' ') && i + 1 < read && buffer[i + 1] == 'r';
                    last = (last << 8) | buffer[i];
                    if (last == END_OF_HEAD) {
                        requests.incrementAndGet();
                        if (!answer(out, forRows ? list : envelope)) {
                            return;
                        }
                        forRows = false;
                    }
                }
            }
        } catch (IOException e) {
            // Whoever asked has gone away.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    /** Whether the connection stays. */
    private boolean answer(OutputStream out, byte[] response) throws IOException, InterruptedException {
        switch (manner) {
            case SLOW -> {
                for (byte each : response) {
                    out.write(each);
                    Thread.sleep(Duration.ofSeconds(1));
                }
            }
            case BLACK_HOLE -> Thread.sleep(Duration.ofHours(1));
            case FLAPPING -> {
                if (System.nanoTime() / FLAP.toNanos() % 2 == 1) {
                    return false;
                }
                out.write(response);
            }
            default -> out.write(response);
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket each : open) {
            each.close();
        }
    }
}
