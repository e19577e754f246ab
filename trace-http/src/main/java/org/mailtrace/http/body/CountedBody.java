package org.mailtrace.http.body;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that ends in a refusal when it goes on beyond its limit. */
final class CountedBody extends FilterInputStream {
    private final long limit;
    private long read;

    CountedBody(InputStream body, long limit) {
        super(body);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int got = super.read(into, offset, length);
        count(Math.max(0, got));
        return got;
    }

    @Override
    public long skip(long length) throws IOException {
        long skipped = super.skip(length);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long more) {
        read += more;
        if (read > limit) {
            throw TooLarge.beyond(limit);
        }
    }
}
