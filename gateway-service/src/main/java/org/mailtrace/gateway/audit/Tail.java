package org.mailtrace.gateway.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** The end of a file of lines, where the next line is added. */
final class Tail {
    private static final byte LINE_END = '\n';
    private static final int PIECE = 8192;

    private final SeekableByteChannel channel;

    /** Of a file that nobody else writes to meanwhile. */
    Tail(SeekableByteChannel channel) {
        this.channel = channel;
    }

    /** The last line without its end; empty in an empty file. Read backwards, because the file grows for years. */
    byte[] lastLine() throws IOException {
        byte[] line = new byte[0];
        long from = isTorn() ? channel.size() : Math.max(0, channel.size() - 1);
        while (from > 0) {
            long start = Math.max(0, from - PIECE);
            byte[] piece = read(start, (int) (from - start));
            int at = piece.length;
            while (at > 0 && piece[at - 1] != LINE_END) {
                at--;
            }
            line = ByteBuffer.allocate(piece.length - at + line.length)
                    .put(piece, at, piece.length - at)
                    .put(line)
                    .array();
            from = at > 0 ? 0 : start;
        }
        return line;
    }

    /**
     * Adds a line. Who was killed while writing left half of one, which must not take the next one with it.
     *
     * @throws IOException if it could not be written; what was written of it is taken back, unless that fails too
     */
    void add(byte[] line) throws IOException {
        long size = channel.size();
        ByteBuffer bytes = ByteBuffer.allocate(line.length + 2);
        if (isTorn()) {
            bytes.put(LINE_END);
        }
        bytes.put(line).put(LINE_END).flip();
        try {
            channel.position(size);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            takeBack(size, e);
            throw e;
        }
    }

    private void takeBack(long size, IOException why) {
        try {
            channel.truncate(size);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    private boolean isTorn() throws IOException {
        long size = channel.size();
        return size > 0 && read(size - 1, 1)[0] != LINE_END;
    }

    private byte[] read(long start, int length) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(length);
        channel.position(start);
        while (piece.hasRemaining() && channel.read(piece) >= 0) {
            // Read on until it is full.
        }
        return piece.array();
    }
}
