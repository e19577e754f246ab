package org.mailtrace.gateway.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** The lines of a file from one place up to another, as bytes, because digests are of bytes. */
final class Lines {
    private static final byte LINE_END = '\n';
    private static final int PIECE = 65_536;

    private final FileChannel channel;
    private final long end;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE).limit(0);
    private long at;
    private boolean whole;

    /**
     * Reads no further than {@code end}.
     *
     * @param start where a line begins
     */
    Lines(FileChannel channel, long start, long end) {
        this.channel = channel;
        this.at = start;
        this.end = end;
    }

    /** Where the next line begins. */
    long place() {
        return at - piece.remaining();
    }

    /** Whether the line that was read last had its end; half a line has none, and may get one later. */
    boolean isWhole() {
        return whole;
    }

    /** The next line without its end; the last one may have none. */
    Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean any = false;
        whole = false;
        while (hasMore()) {
            any = true;
            int from = piece.position();
            int to = from;
            while (to < piece.limit() && piece.get(to) != LINE_END) {
                to++;
            }
            line.write(piece.array(), from, to - from);
            if (to < piece.limit()) {
                piece.position(to + 1);
                whole = true;
                return Optional.of(line.toByteArray());
            }
            piece.position(to);
        }
        return any ? Optional.of(line.toByteArray()) : Optional.empty();
    }

    private boolean hasMore() throws IOException {
        if (!piece.hasRemaining()) {
            piece.clear().limit((int) Math.min(PIECE, end - at));
            at += Math.max(0, channel.read(piece, at));
            piece.flip();
        }
        return piece.hasRemaining();
    }
}
