package org.mailtrace.index.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a PostgreSQL server and cuts connections in the moment when the answer to a commit should come. */
final class CommitDoor implements AutoCloseable {
    private final ServerSocket door;
    private final int server;
    private final AtomicInteger toCut = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();

    CommitDoor(int server) throws IOException {
        this.server = server;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::open);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Lets so many commits reach the server, and their answers nobody. */
    void cutNextCommits(int count) {
        toCut.set(count);
    }

    int cut() {
        return cut.get();
    }

    private void open() {
        try {
            while (true) {
                enter(door.accept());
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void enter(Socket client) throws IOException {
        try {
            Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
            Thread.ofVirtual().start(() -> pass(client, there, false));
            Thread.ofVirtual().start(() -> pass(there, client, true));
        } catch (IOException away) {
            client.close();
        }
    }

    private void pass(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            int count = in.read(buffer);
            while (count > 0) {
                if (answers && isCommitted(buffer, count) && toCut.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    cut.incrementAndGet();
                    return;
                }
                out.write(buffer, 0, count);
                count = in.read(buffer);
            }
        } catch (IOException gone) {
            // One of both went away, and with it the other.
        }
    }

    /** The server's answer once all is stored. */
    private static boolean isCommitted(byte[] bytes, int count) {
        return new String(bytes, 0, count, StandardCharsets.ISO_8859_1).contains("COMMIT\0");
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
