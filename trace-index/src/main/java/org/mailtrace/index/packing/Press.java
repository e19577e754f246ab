package org.mailtrace.index.packing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
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
    /** Both hold memory of the operating system, the first a lot: who only reads never has it. */
    private Optional<Deflater> deflater = Optional.empty();

    private Optional<Inflater> inflater = Optional.empty();
    private byte[] out = {};

    public Press(String sample) {
        this.sample = sample.getBytes(StandardCharsets.UTF_8);
    }

    byte[] press(byte[] plain) {
        Deflater deflater = begunDeflater();
        if (sample.length > 0) {
            deflater.setDictionary(sample);
        }
        deflater.setInput(plain);
        deflater.finish();
        int length = 0;
        while (!deflater.finished()) {
            if (length == out.length) {
                out = Arrays.copyOf(out, Math.max(16 * 1024, out.length * 2));
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
            Inflater inflater = begunInflater();
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

    private Deflater begunDeflater() {
        if (deflater.isEmpty()) {
            deflater = Optional.of(new Deflater(LEVEL, true));
        }
        deflater.get().reset();
        return deflater.get();
    }

    private Inflater begunInflater() {
        if (inflater.isEmpty()) {
            inflater = Optional.of(new Inflater(true));
        }
        inflater.get().reset();
        return inflater.get();
    }

    @Override
    public void close() {
        deflater.ifPresent(Deflater::end);
        inflater.ifPresent(Inflater::end);
    }
}
