package org.mailtrace.benchmarks;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server's end of one WebSocket, just enough of RFC 6455 to be the fastest thing in the measurement. */
final class StreamConnection implements AutoCloseable {
    private static final Pattern KEY =
            Pattern.compile("^Sec-WebSocket-Key: *(\\S+)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int BUFFER = 64 * 1024;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final String target;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Shakes hands on a connection that was just accepted. */
    StreamConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        target = head.substring(head.indexOf(" ") + 1, head.indexOf(" HTTP/"));
        Matcher key = KEY.matcher(head);
        if (!key.find()) {
            throw new IOException("not a WebSocket");
        }
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(key.group(1)) + "\r\n\r\n";
        out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-1.", e);
        }
    }

    /** What was asked for: path and query. */
    String target() {
        return target;
    }

    /** Answers pings until the other side says goodbye or is gone. */
    void listen() {
        try {
            while (true) {
                int code = in.readUnsignedByte() & 15;
                int length = in.readUnsignedByte() & 127;
                if (length > 125) {
                    throw new IOException("clients send control frames only");
                }
                byte[] mask = in.readNBytes(4);
                byte[] payload = in.readNBytes(length);
                for (int i = 0; i < payload.length; i++) {
                    payload[i] ^= mask[i & 3];
                }
                if (code == PING) {
                    frame(PONG, payload);
                    flush();
                } else if (code == CLOSE) {
                    frame(CLOSE, payload);
                    flush();
                    return;
                }
            }
        } catch (EOFException e) {
            // The other side is gone, which ends it as well.
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new IllegalStateException("the service's connection broke", e);
            }
        } finally {
            ended.countDown();
        }
    }

    /** Sends one record; it goes out with {@link #flush} at the latest. Waits as long as the client does not take it. */
    void send(byte[] record) throws IOException {
        frame(TEXT, record);
    }

    void flush() throws IOException {
        synchronized (out) {
            out.flush();
        }
    }

    /** Says that all was sent (1000), and waits for the answer. */
    void finish() throws IOException, InterruptedException {
        frame(CLOSE, new byte[] {1000 >> 8, (byte) (1000 & 255)});
        flush();
        boolean _ = ended.await(30, TimeUnit.SECONDS);
    }

    private void frame(int code, byte[] payload) throws IOException {
        synchronized (out) {
            out.write(128 | code);
            if (payload.length < 126) {
                out.write(payload.length);
            } else if (payload.length < 65536) {
                out.write(126);
                out.write(payload.length >> 8);
                out.write(payload.length);
            } else {
                throw new IOException("synthetic records are smaller");
            }
            out.write(payload);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
