package org.mailtrace.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * One connection that the same question is asked over and over, as cheaply as it can be done: whatever the caller spends
 * on these two cores is taken from what is measured.
 */
final class Wire implements AutoCloseable {
    private final Socket socket;
    private final byte[] request;
    private byte[] buffer = new byte[64 * 1024];
    private int filled;
    private int bodyAt;
    private int end;

    /** @param patience after which an answer counts as hung */
    Wire(int port, String path, String token, Duration patience) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) patience.toMillis());
        request = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Asks, and reads the whole answer.
     *
     * @return the status
     * @throws SocketTimeoutException if nothing came in time
     */
    int ask() throws IOException {
        filled = 0;
        bodyAt = -1;
        end = -1;
        socket.getOutputStream().write(request);
        InputStream in = socket.getInputStream();
        boolean chunked = false;
        while (end < 0 || filled < end) {
            if (filled == buffer.length) {
                buffer = Arrays.copyOf(buffer, 2 * buffer.length);
            }
            int read = in.read(buffer, filled, buffer.length - filled);
            if (read < 0) {
                throw new IOException("the connection was closed");
            }
            int searchFrom = Math.max(0, filled - 3);
            filled += read;
            if (bodyAt < 0) {
                bodyAt = endOfHead(searchFrom);
                if (bodyAt >= 0) {
                    String head = new String(buffer, 0, bodyAt, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
                    int length = head.indexOf("content-length:");
                    chunked = length < 0;
                    if (!chunked) {
                        end = bodyAt
                                + Integer.parseInt(head.substring(length + 15, head.indexOf('\r', length))
                                        .strip());
                    }
                }
            }
            if (chunked && endsWith("0\r\n\r\n")) {
                end = filled;
            }
        }
        return Integer.parseInt(new String(buffer, 9, 3, StandardCharsets.US_ASCII));
    }

    /** The answer as it came; chunks are not put together. */
    String body() {
        return new String(buffer, bodyAt, filled - bodyAt, StandardCharsets.UTF_8);
    }

    private int endOfHead(int from) {
        for (int i = from; i + 3 < filled; i++) {
            if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r' && buffer[i + 3] == '\n') {
                return i + 4;
            }
        }
        return -1;
    }

    private boolean endsWith(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (filled < text.length() || buffer[filled - text.length() + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
