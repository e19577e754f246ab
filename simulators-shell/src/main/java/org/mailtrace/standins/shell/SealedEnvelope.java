package org.mailtrace.standins.shell;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.MessageProp;

/**
 * An envelope that a Kerberos context encrypts, in the parts that Windows makes of it (MS-WSMV 2.2.9.1), with the blank
 * that Exchange writes in front of the boundary's name.
 */
final class SealedEnvelope {
    static final String CONTENT_TYPE = "multipart/encrypted;boundary=\"Encrypted Boundary\"";
    private static final String OCTETS = "application/octet-stream\r\n";
    private static final Pattern LENGTH = Pattern.compile(";Length=(\\d+)");
    private static final int LENGTH_FIELD = 4;
    private static final int TOKEN_HEADER = 16;
    private static final int ROTATION_AT = 6;
    /** What an AES token must be turned by for Windows (RFC 4121, 4.2.5): a copy of its header, and the checksum. */
    private static final int ROTATION = 28;

    private SealedEnvelope() {}

    /**
     * Opens one as Windows reads it: the signature, then exactly as many bytes as the text has.
     *
     * @throws IllegalArgumentException if Windows could not read it
     */
    static String opened(GSSContext context, byte[] body) throws GSSException {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        Matcher length = LENGTH.matcher(text);
        int start = text.indexOf(OCTETS) + OCTETS.length();
        int end = text.lastIndexOf("--Encrypted Boundary--");
        if (!length.find() || start < OCTETS.length() || end < start + LENGTH_FIELD + TOKEN_HEADER) {
            throw new IllegalArgumentException("The parts are not as they must be.");
        }
        int signature = ByteBuffer.wrap(body, start, LENGTH_FIELD)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        byte[] token = Arrays.copyOfRange(body, start + LENGTH_FIELD, end);
        if (token.length != signature + Integer.parseInt(length.group(1))
                || ByteBuffer.wrap(token).getShort(ROTATION_AT) != ROTATION) {
            throw new IllegalArgumentException("The token is not laid out as it must be.");
        }
        byte[] plain = context.unwrap(token, 0, token.length, new MessageProp(0, true));
        return new String(plain, StandardCharsets.UTF_8);
    }

    static byte[] sealed(GSSContext context, String envelope) throws GSSException {
        byte[] plain = envelope.getBytes(StandardCharsets.UTF_8);
        byte[] token = context.wrap(plain, 0, plain.length, new MessageProp(0, true));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(ascii("-- Encrypted Boundary\r\n\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n"
                + "\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=" + plain.length
                + "\r\n-- Encrypted Boundary\r\n\tContent-Type: " + OCTETS));
        body.writeBytes(ByteBuffer.allocate(LENGTH_FIELD)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(TOKEN_HEADER)
                .array());
        body.writeBytes(token);
        body.writeBytes(ascii("-- Encrypted Boundary--\r\n"));
        return body.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
