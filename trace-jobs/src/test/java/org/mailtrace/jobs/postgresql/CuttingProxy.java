package org.mailtrace.jobs.postgresql;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network that fails at the worst moment: now and then it cuts a connection when it sees a commit of a change, either
 * before the server has heard of it, or when the server has stored it and the answer is on its way.
 */
public final class CuttingProxy implements Closeable {
    private static final int EVERY = 6;
    private static final String COMMIT = "COMMIT";
    private static final String ONLY_LOOKS = "READ ONLY";

    private final ServerSocket door;
    private final String address;
    private final URI server;
    private final Random random;
    private final AtomicInteger before = new AtomicInteger();
    private final AtomicInteger after = new AtomicInteger();

    private CuttingProxy(String address, long seed) throws IOException {
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.server = URI.create(address.substring("jdbc:".length()));
        // A statement that the server already knows is not sent as a text.
        this.address = address.replace(":" + server.getPort() + "/", ":" + door.getLocalPort() + "/")
                .replace("#", "?prepareThreshold=0#");
        this.random = new Random(seed);
        Thread.ofVirtual().start(this::accept);
    }

    /** A proxy before the store of that address. */
    public static CuttingProxy before(String address, long seed) throws IOException {
        return new CuttingProxy(address, seed);
    }

    /** The address of the store by way of this proxy. */
    public String address() {
        return address;
    }

    /** How many commits never reached the server. */
    public int cutBefore() {
        return before.get();
    }

    /** How many commits were stored, and nobody heard of it. */
    public int cutAfter() {
        return after.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket target = new Socket(server.getHost(), server.getPort());
                Line line = new Line(client, target);
                Thread.ofVirtual().start(line::forward);
                Thread.ofVirtual().start(line::answer);
            }
        } catch (IOException e) {
            // Closed: it is the end of the test.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    /** One connection. */
    private final class Line {
        private final Socket client;
        private final Socket target;
        private volatile boolean cutsAnswer;
        private boolean onlyLooks;

        Line(Socket client, Socket target) {
            this.client = client;
            this.target = target;
        }

        void forward() {
            try (client;
                    target) {
                InputStream in = client.getInputStream();
                OutputStream out = target.getOutputStream();
                byte[] buffer = new byte[65536];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (isCommitOfChange(Arrays.copyOf(buffer, n)) && cuts() && !cutsAnswer) {
                        before.incrementAndGet();
                        return;
                    }
                    out.write(buffer, 0, n);
                }
            } catch (IOException e) {
                // Cut from the other side.
            }
        }

        void answer() {
            try (client;
                    target) {
                InputStream in = target.getInputStream();
                OutputStream out = client.getOutputStream();
                byte[] buffer = new byte[65536];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (cutsAnswer) {
                        after.incrementAndGet();
                        return;
                    }
                    out.write(buffer, 0, n);
                }
            } catch (IOException e) {
                // Cut from the other side.
            }
        }

        private boolean cuts() {
            synchronized (random) {
                boolean cuts = random.nextInt(EVERY) == 0;
                cutsAnswer = cuts && random.nextBoolean();
                return cuts;
            }
        }

        private boolean isCommitOfChange(byte[] sent) {
            String text = new String(sent, StandardCharsets.ISO_8859_1);
            boolean changes = text.contains(COMMIT) && !onlyLooks;
            onlyLooks = text.contains(ONLY_LOOKS) || (onlyLooks && !text.contains(COMMIT));
            return changes;
        }
    }
}
