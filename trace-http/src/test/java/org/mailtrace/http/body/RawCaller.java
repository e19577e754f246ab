package org.mailtrace.http.body;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Speaks HTTP/1.1 as the simplest clients do: writes all it has before it reads anything. */
final class RawCaller implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");
    private static final String BEGIN = "{\"text\":\"";
    private static final String END = "\"}";
    private static final int PIECE = 16 * 1024;

    private final Socket socket;

    RawCaller(int port) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
    }

    /** A request line and headers. */
    void head(String... lines) throws IOException {
        write((String.join("\r\n", lines) + "\r\nHost: localhost\r\nContent-Type: application/json\r\n\r\n"));
    }

    void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A JSON text that is so long. */
    void json(int length) throws IOException {
        write(BEGIN);
        for (int left = length - BEGIN.length() - END.length(); left > 0; left -= PIECE) {
            write("x".repeat(Math.min(left, PIECE)));
        }
        write(END);
    }

    /** The same in chunks. */
    void chunkedJson(int length) throws IOException {
        chunk(BEGIN);
        for (int left = length; left > 0; left -= PIECE) {
            chunk("x".repeat(Math.min(left, PIECE)));
        }
        chunk(END);
        write("0\r\n\r\n");
    }

    private void chunk(String text) throws IOException {
        write(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    /** One answer, to the end of its body. */
    String answer() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after: " + head.toString(StandardCharsets.US_ASCII));
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.US_ASCII);
        Matcher length = LENGTH.matcher(text);
        return length.find()
                ? text + new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8)
                : text;
    }

    /** Waits until the other side closes the connection, gently or not. */
    boolean isCutOff() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
