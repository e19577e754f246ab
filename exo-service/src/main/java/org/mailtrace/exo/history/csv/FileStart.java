package org.mailtrace.exo.history.csv;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.mailtrace.exo.words.HistoryWords;

/**
 * Tells from a file's first bytes how to read it. Microsoft's own scripts read these reports as UTF-16LE; a byte order
 * mark is often missing. Whatever cannot be decoded becomes U+FFFD, so that one bad byte costs no row.
 */
final class FileStart {
    private static final int HEAD = 4096;
    private static final HexFormat HEX = HexFormat.of();
    /** ZIP (also of Excel), gzip, cabinet, 7-Zip, bzip2, Zstandard, xz, and Excel's older format. */
    private static final List<byte[]> PACKED = List.of(
            HEX.parseHex("504b0304"),
            HEX.parseHex("504b0506"),
            HEX.parseHex("1f8b"),
            HEX.parseHex("4d534346"),
            HEX.parseHex("377abcaf"),
            HEX.parseHex("425a68"),
            HEX.parseHex("28b52ffd"),
            HEX.parseHex("fd377a58"),
            HEX.parseHex("d0cf11e0"));

    private FileStart() {}

    /** The file's text without its byte order mark. */
    static Reader open(InputStream file) throws IOException, UnfitFile {
        BufferedInputStream in = new BufferedInputStream(file, 1 << 16);
        in.mark(HEAD);
        byte[] head = in.readNBytes(HEAD);
        in.reset();
        if (head.length == 0) {
            throw new UnfitFile(HistoryWords.EMPTY_FILE);
        }
        if (PACKED.stream().anyMatch(magic -> startsWith(head, magic))) {
            throw new UnfitFile(HistoryWords.PACKED_FILE);
        }
        Charset charset = charset(head);
        int mark = markLength(head);
        in.skipNBytes(mark);
        if (new String(head, mark, head.length - mark, charset).stripLeading().startsWith("<")) {
            throw new UnfitFile(HistoryWords.WEB_PAGE);
        }
        return new InputStreamReader(in, charset);
    }

    private static Charset charset(byte[] head) {
        if (startsWith(head, 0xFF, 0xFE)) {
            return StandardCharsets.UTF_16LE;
        }
        if (startsWith(head, 0xFE, 0xFF)) {
            return StandardCharsets.UTF_16BE;
        }
        if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
            return StandardCharsets.UTF_8;
        }
        return withoutMark(head);
    }

    /** The header is plain ASCII: in UTF-16 every other byte of it is zero. */
    private static Charset withoutMark(byte[] head) {
        int[] zeros = new int[2];
        for (int i = 0; i < head.length; i++) {
            if (head[i] == 0) {
                zeros[i % 2]++;
            }
        }
        int many = head.length / 8;
        if (zeros[1] > many && zeros[1] > 2 * zeros[0]) {
            return StandardCharsets.UTF_16LE;
        }
        if (zeros[0] > many && zeros[0] > 2 * zeros[1]) {
            return StandardCharsets.UTF_16BE;
        }
        return StandardCharsets.UTF_8;
    }

    private static int markLength(byte[] head) {
        if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
            return 3;
        }
        return startsWith(head, 0xFF, 0xFE) || startsWith(head, 0xFE, 0xFF) ? 2 : 0;
    }

    private static boolean startsWith(byte[] head, int... bytes) {
        byte[] magic = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            magic[i] = (byte) bytes[i];
        }
        return startsWith(head, magic);
    }

    private static boolean startsWith(byte[] head, byte[] magic) {
        if (head.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if (head[i] != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
