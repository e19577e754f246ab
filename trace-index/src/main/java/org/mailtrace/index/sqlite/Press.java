package org.mailtrace.index.sqlite;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.mailtrace.index.IndexException;

/** Presses row bodies small: rows of one log repeat the same names and words, which a shared sample takes out. */
final class Press implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final byte[] sample;
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);

    Press(String sample) {
        this.sample = sample.getBytes(StandardCharsets.UTF_8);
    }

    /** One deflater for all rows: making one costs more than pressing a row. */
    synchronized byte[] press(String body) {
        deflater.reset();
        if (sample.length > 0) {
            deflater.setDictionary(sample);
        }
        deflater.setInput(body.getBytes(StandardCharsets.UTF_8));
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = new byte[BLOCK];
        while (!deflater.finished()) {
            out.write(block, 0, deflater.deflate(block));
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        deflater.end();
    }

    String unpress(byte[] pressed) {
        Inflater inflater = new Inflater(true);
        try {
            if (sample.length > 0) {
                inflater.setDictionary(sample);
            }
            inflater.setInput(pressed);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] block = new byte[BLOCK];
            while (!inflater.finished()) {
                int count = inflater.inflate(block);
                if (count == 0 && !inflater.finished()) {
                    throw new IndexException("A row of the index is damaged.");
                }
                out.write(block, 0, count);
            }
            return out.toString(StandardCharsets.UTF_8);
        } catch (DataFormatException e) {
            throw new IndexException("A row of the index is damaged.", e);
        } finally {
            inflater.end();
        }
    }
}
