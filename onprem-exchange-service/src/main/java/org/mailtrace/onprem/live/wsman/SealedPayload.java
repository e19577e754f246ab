package org.mailtrace.onprem.live.wsman;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.MessageProp;

/**
 * An envelope encrypted by the Kerberos context (MS-WSMV 2.2.9.1), because Exchange's documented address is plain HTTP.
 * A body is a part that names the original type and length, and a part of the length of the signature, the signature and
 * the encrypted text. Exchange writes the boundary with a blank in front, so it is looked for with and without.
 */
final class SealedPayload {
    static final String CONTENT_TYPE = "multipart/encrypted;"
            + "protocol=\"application/HTTP-SPNEGO-session-encrypted\";boundary=\"Encrypted Boundary\"";
    private static final String BOUNDARY = "Encrypted Boundary";
    private static final String OCTETS = "Content-Type: application/octet-stream\r\n";
    private static final int LENGTH_FIELD = 4;
    private static final int TOKEN_HEADER = 16;
    private static final int ROTATION_AT = 6;
    /** Copy of the header and checksum, which Windows expects in front of the text (AES, RFC 3962 and RFC 4121). */
    private static final int TRAILER = 28;
    /** Header, trailer and confounder. */
    private static final int SIGNATURE = TOKEN_HEADER + TRAILER + 16;

    private SealedPayload() {}

    static byte[] sealed(GSSContext context, byte[] plain) throws IOException {
        byte[] token;
        try {
            token = context.wrap(plain, 0, plain.length, new MessageProp(0, true));
        } catch (GSSException e) {
            throw new IOException("The payload cannot be encrypted.", e);
        }
        rotate(token, TRAILER);
        ByteArrayOutputStream body = new ByteArrayOutputStream(token.length + 300);
        body.writeBytes(ascii("--" + BOUNDARY + "\r\n"
                + "\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n"
                + "\tOriginalContent: type=" + BasicChannel.SOAP + ";Length=" + plain.length + "\r\n"
                + "--" + BOUNDARY + "\r\n\t" + OCTETS));
        body.writeBytes(ByteBuffer.allocate(LENGTH_FIELD)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(SIGNATURE)
                .array());
        body.writeBytes(token);
        body.writeBytes(ascii("--" + BOUNDARY + "--\r\n"));
        return body.toByteArray();
    }

    static byte[] opened(GSSContext context, byte[] body) throws IOException {
        int start = after(body, OCTETS);
        int end = lastBoundary(body);
        if (start < 0 || end < start + LENGTH_FIELD) {
            throw new IOException("The encrypted answer is not as it must be.");
        }
        byte[] token = Arrays.copyOfRange(body, start + LENGTH_FIELD, end);
        try {
            return context.unwrap(token, 0, token.length, new MessageProp(0, true));
        } catch (GSSException e) {
            throw new IOException("The answer cannot be decrypted.", e);
        }
    }

    /**
     * Turns the part behind a token's header to the right and says so in the header (RFC 4121, 4.2.5): the JDK writes the
     * trailer behind the text, Windows looks for it in front.
     */
    private static void rotate(byte[] token, int by) {
        int length = token.length - TOKEN_HEADER;
        byte[] turned = new byte[length];
        for (int i = 0; i < length; i++) {
            turned[(i + by) % length] = token[TOKEN_HEADER + i];
        }
        System.arraycopy(turned, 0, token, TOKEN_HEADER, length);
        token[ROTATION_AT] = 0;
        token[ROTATION_AT + 1] = (byte) by;
    }

    private static int after(byte[] body, String text) {
        int at = new String(body, StandardCharsets.ISO_8859_1).indexOf(text);
        return at < 0 ? -1 : at + text.length();
    }

    private static int lastBoundary(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        return Math.max(text.lastIndexOf("--" + BOUNDARY), text.lastIndexOf("-- " + BOUNDARY));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
