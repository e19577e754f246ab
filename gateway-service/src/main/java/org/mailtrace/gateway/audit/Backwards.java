package org.mailtrace.gateway.audit;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** The lines of a file from a place back to its beginning, as bytes; the newest are what most people ask for. */
final class Backwards {
    private static final byte LINE_END = '\n';
    private static final int PIECE = 65_536;

    private final FileChannel channel;
    private long place;
    private byte[] piece = new byte[0];
    private long pieceStart;

    /** Begins with the line that ends at a place, with or without its line end. */
    Backwards(FileChannel channel, long place) {
        this.channel = channel;
        this.place = place;
    }

    /** Where the line begins that was read last. */
    long place() {
        return place;
    }

    /** The line before, without its end. */
    Optional<byte[]> next() throws IOException {
        if (place == 0) {
            return Optional.empty();
        }
        long end = at(place - 1) == LINE_END ? place - 1 : place;
        long start = end;
        while (start > 0 && at(start - 1) != LINE_END) {
            start--;
        }
        place = start;
        return Optional.of(read(start, (int) Math.min(Integer.MAX_VALUE, end - start)));
    }

    private byte at(long byteNumber) throws IOException {
        if (byteNumber < pieceStart || byteNumber >= pieceStart + piece.length) {
            long start = Math.max(0, byteNumber + 1 - PIECE);
            piece = read(start, (int) (byteNumber + 1 - start));
            pieceStart = start;
        }
        return piece[(int) (byteNumber - pieceStart)];
    }

    private byte[] read(long start, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, start + bytes.position()) < 0) {
                throw new EOFException("the file is shorter than it was");
            }
        }
        return bytes.array();
    }
}
