package org.mailtrace.index.packing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Presses rows small: rows of one log repeat the same names and words, which a shared sample takes out. Used by one
 * thread at a time.
 */
public final class Press implements AutoCloseable {
    /** Rows of one message repeat each other in long runs; looking harder for them costs more than it saves. */
    private static final int LEVEL = 1;

    private final byte[] sample;
    private final Deflater deflater = new Deflater(LEVEL, true);
    private final Inflater inflater = new Inflater(true);
    private byte[] out = new byte[16 * 1024];

    public Press(String sample) {
        this.sample = sample.getBytes(StandardCharsets.UTF_8);
    }

    byte[] press(byte[] plain) {
        deflater.reset();
        if (sample.length > 0) {
            deflater.setDictionary(sample);
        }
        deflater.setInput(plain);
        deflater.finish();
        int length = 0;
        while (!deflater.finished()) {
            if (length == out.length) {
                out = Arrays.copyOf(out, out.length * 2);
            }
            length += deflater.deflate(out, length, out.length - length);
        }
        return Arrays.copyOf(out, length);
    }

    /**
     * What was pressed.
     *
     * @param length how many bytes it has
     */
    byte[] unpress(byte[] pressed, int offset, int count, int length) {
        try {
            inflater.reset();
            if (sample.length > 0) {
                inflater.setDictionary(sample);
            }
            inflater.setInput(pressed, offset, count);
            byte[] plain = new byte[length];
            int filled = 0;
            while (filled < length) {
                int more = inflater.inflate(plain, filled, length - filled);
                if (more == 0) {
                    throw new DamagedRowException();
                }
                filled += more;
            }
            return plain;
        } catch (DataFormatException e) {
            throw new DamagedRowException();
        }
    }

    @Override
    public void close() {
        deflater.end();
        inflater.end();
    }
}
