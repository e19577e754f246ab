package org.mailtrace.proofpoint.row;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the encoded words of a header (RFC 2047). What cannot be decoded, such as an unknown charset, stays as it was
 * sent. A character that is cut by the border of two words of one charset, as many senders do, is put together again.
 */
public final class EncodedWords {
    private static final Pattern WORD = Pattern.compile("=\\?([^?*\\s]+)(?:\\*[^?\\s]*)?\\?([bBqQ])\\?([^?]*)\\?=");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\\t]]+");

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder sent = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Optional<Charset> charset = Optional.empty();

    private EncodedWords() {}

    /** Whether a text holds an encoded word: after decoding, one that could not be read. */
    public static boolean isEncoded(String text) {
        return text.contains("=?") && WORD.matcher(text).find();
    }

    /** The header as a reader sees it; without encoded words it is the same text. */
    public static String decode(String header) {
        return header.contains("=?") ? new EncodedWords().read(header) : header;
    }

    private String read(String header) {
        Matcher word = WORD.matcher(header);
        int end = 0;
        while (word.find()) {
            String between = header.substring(end, word.start());
            Optional<Charset> next = charsetOf(word.group(1));
            Optional<byte[]> decoded = next.flatMap(known -> bytesOf(word.group(2), word.group(3)));
            boolean goesOn = charset.isPresent() && decoded.isPresent() && between.isBlank();
            if (goesOn && charset.equals(next)) {
                sent.append(between);
            } else {
                flush();
                text.append(goesOn ? "" : between);
            }
            sent.append(word.group());
            charset = decoded.isPresent() ? next : Optional.empty();
            decoded.ifPresentOrElse(bytes::writeBytes, this::flush);
            end = word.end();
        }
        flush();
        return text.append(header.substring(end)).toString();
    }

    private void flush() {
        text.append(charset.flatMap(this::characters).orElse(sent.toString()));
        sent.setLength(0);
        bytes.reset();
        charset = Optional.empty();
    }

    /** Line ends and other controls that hide in an encoded word become a space. */
    private Optional<String> characters(Charset known) {
        try {
            String decoded = known.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            return Optional.of(CONTROLS.matcher(decoded).replaceAll(" "));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Optional<Charset> charsetOf(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> bytesOf(String encoding, String encoded) {
        if (encoding.toLowerCase(Locale.ROOT).equals("q")) {
            return quoted(encoded);
        }
        try {
            return Optional.of(Base64.getDecoder().decode(encoded.strip()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> quoted(String encoded) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < encoded.length(); i++) {
            char at = encoded.charAt(i);
            if (at == '=') {
                if (i + 2 >= encoded.length()) {
                    return Optional.empty();
                }
                int high = Character.digit(encoded.charAt(i + 1), 16);
                int low = Character.digit(encoded.charAt(i + 2), 16);
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                out.write(high * 16 + low);
                i += 2;
            } else {
                out.writeBytes((at == '_' ? " " : String.valueOf(at)).getBytes(StandardCharsets.UTF_8));
            }
        }
        return Optional.of(out.toByteArray());
    }
}
