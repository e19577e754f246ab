package org.mailtrace.proofpoint.stream;

import java.io.ByteArrayOutputStream;

/** What a record is put together in. One large record must not keep its memory for as long as the connection lasts. */
final class FrameBuffer extends ByteArrayOutputStream {
    private static final int KEPT = 1024 * 1024;
    private static final int FIRST = 1024;

    /** Begins anew. */
    void clear() {
        reset();
        if (buf.length > KEPT) {
            buf = new byte[FIRST];
        }
    }

    int capacity() {
        return buf.length;
    }
}
