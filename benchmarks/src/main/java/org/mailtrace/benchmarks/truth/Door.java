package org.mailtrace.benchmarks.truth;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A door in front of one service. While it is shut, whoever comes is reset and whoever is inside is thrown out, which is
 * what a caller sees of a service that has died; unlike the service, it is open again at once.
 */
final class Door implements Closeable {
    private static final int BACKLOG = 200;

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> inside = ConcurrentHashMap.newKeySet();
    private volatile boolean shut;

    /** @param target the port of the service, on this machine */
    Door(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::receive);
    }

    /** Where to come. */
    String url() {
        return "http://" + listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort();
    }

    void open() {
        shut = false;
    }

    void shut() {
        shut = true;
        inside.forEach(Door::reset);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        shut();
    }

    private void receive() {
        while (!listener.isClosed()) {
            try {
                Socket caller = listener.accept();
                if (shut) {
                    reset(caller);
                } else {
                    Thread.ofVirtual().start(() -> lead(caller));
                }
            } catch (IOException e) {
                // The door was taken away, or the caller left before it was let in.
            }
        }
    }

    private void lead(Socket caller) {
        try (caller;
                Socket service = new Socket(InetAddress.getLoopbackAddress(), target)) {
            caller.setTcpNoDelay(true);
            service.setTcpNoDelay(true);
            inside.add(caller);
            if (shut) {
                // It was shut between the two.
                reset(caller);
                return;
            }
            Thread answers = Thread.ofVirtual().start(() -> carry(service, caller));
            carry(caller, service);
            answers.interrupt();
        } catch (IOException e) {
            reset(caller);
        } finally {
            inside.remove(caller);
        }
    }

    /** Until one of them hangs up; then both are. */
    private static void carry(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // The other side learns it by the closed connection.
        }
    }

    /** Ends a connection as a dead process does: with a reset and not with a farewell. */
    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It is gone already, which is what was wanted.
        }
    }
}
