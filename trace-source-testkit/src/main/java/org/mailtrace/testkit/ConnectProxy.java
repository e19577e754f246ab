package org.mailtrace.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy on loopback that is asked for connections and refuses them, and as long as it is there the proxy of this Java machine
 * ({@code https.proxyHost}). It shows who goes by it.
 */
public final class ConnectProxy implements AutoCloseable {
    private static final String HOST = "https.proxyHost";
    private static final String PORT = "https.proxyPort";
    private static final byte[] REFUSAL =
            "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final ServerSocket socket;

    /** Begins. */
    public ConnectProxy() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
        System.setProperty(HOST, socket.getInetAddress().getHostAddress());
        System.setProperty(PORT, String.valueOf(socket.getLocalPort()));
    }

    /** The first lines of what it was asked. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void accept() {
        while (true) {
            try (Socket caller = socket.accept();
                    BufferedReader request = new BufferedReader(
                            new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII))) {
                asked.add(request.readLine());
                for (String line = request.readLine(); !line.isEmpty(); line = request.readLine()) {
                    // Read on to the end of the request.
                }
                caller.getOutputStream().write(REFUSAL);
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        System.clearProperty(HOST);
        System.clearProperty(PORT);
        socket.close();
    }
}
