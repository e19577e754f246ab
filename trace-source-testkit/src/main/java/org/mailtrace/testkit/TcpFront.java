package org.mailtrace.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A door in front of a fake vendor that can do to a connection what networks do: stall, drip, break, or go silent. */
public final class TcpFront {
    /** What happens to a connection. */
    @FunctionalInterface
    public interface Mishap {
        void handle(Socket client) throws IOException, InterruptedException;
    }

    private static final Duration NOTICED = Duration.ofMillis(500);

    private final ServerSocket door;
    private final int behind;
    private volatile Mishap mishap;
    private volatile boolean troubled;
    private final AtomicInteger connections = new AtomicInteger();
    /** Until each has gone. */
    private final Map<Socket, CountDownLatch> open = new ConcurrentHashMap<>();

    /** @param behind the local port that untroubled connections are passed on to */
    public TcpFront(int behind) throws IOException {
        this.behind = behind;
        this.mishap = this::pass;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** The port of the door. */
    public int port() {
        return door.getLocalPort();
    }

    /** Connections that came since the last mishap began. */
    public int connections() {
        return connections.get();
    }

    /** From now on, this happens to every connection; those that are open are cut. */
    public void suffer(Mishap next) {
        connections.set(0);
        troubled = true;
        mishap = next;
        hangUp();
    }

    /** Connections are passed on again; where nothing had happened, nothing is cut. */
    public void recover() {
        if (troubled) {
            troubled = false;
            mishap = this::pass;
            hangUp();
        }
    }

    /**
     * Connections that are kept alive would not meet what happens to new ones. Whoever keeps one is given time to notice that
     * it ends, or its next request would go into one that is no more.
     */
    private void hangUp() {
        Map<Socket, CountDownLatch> cut = Map.copyOf(open);
        cut.keySet().forEach(TcpFront::sayGoodbye);
        long until = System.nanoTime() + NOTICED.toNanos();
        for (Map.Entry<Socket, CountDownLatch> each : cut.entrySet()) {
            try {
                boolean ignored = each.getValue().await(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                each.getKey().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void sayGoodbye(Socket client) {
        try {
            client.shutdownOutput();
        } catch (IOException e) {
            // It has gone already.
            return;
        }
    }

    /** Closes the door. */
    public void stop() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the request's head, then writes this text, so many bytes at a time with a pause between. */
    public static Mishap drip(String answer, int bytes, long millis) {
        return client -> {
            readHead(client);
            byte[] text = answer.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < text.length; i += bytes) {
                client.getOutputStream().write(text, i, Math.min(bytes, text.length - i));
                client.getOutputStream().flush();
                Thread.sleep(millis);
            }
            Thread.sleep(30_000);
        };
    }

    /** Resets a connection before anything was said. */
    public static Mishap refuse() {
        return client -> client.setSoLinger(true, 0);
    }

    /** Answers half and resets the connection. */
    public static Mishap resetAfter(String part) {
        return client -> {
            readHead(client);
            client.getOutputStream().write(part.getBytes(StandardCharsets.UTF_8));
            client.getOutputStream().flush();
            client.setSoLinger(true, 0);
        };
    }

    /** Reads up to the empty line that ends a request's head. */
    public static void readHead(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        int last = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            last = (last << 8) | next;
            if (last == 0x0D0A0D0A) {
                return;
            }
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                connections.incrementAndGet();
                Mishap now = mishap;
                Thread.ofVirtual().start(() -> handle(client, now));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void handle(Socket client, Mishap now) {
        CountDownLatch gone = new CountDownLatch(1);
        open.put(client, gone);
        try (client) {
            now.handle(client);
        } catch (IOException e) {
            // The other side went away, which is what is tested.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
            gone.countDown();
        }
    }

    private void pass(Socket client) throws IOException, InterruptedException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            Thread back = Thread.ofVirtual().start(() -> copy(server, client));
            copy(client, server);
            back.join();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            // What broke on one side breaks on the other; either side may close first.
            try {
                to.close();
            } catch (IOException closed) {
                return;
            }
        }
    }
}
