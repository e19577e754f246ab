package org.mailtrace.proofpoint.vendor;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads at most so many bytes: an answer must not fill the memory of this service. */
final class BoundedBody extends FilterInputStream {
    private long left;

    BoundedBody(InputStream body, long bound) {
        super(body);
        this.left = bound;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        if (read >= 0) {
            spend(1);
        }
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (read > 0) {
            spend(read);
        }
        return read;
    }

    private void spend(int bytes) throws TooLongException {
        left -= bytes;
        if (left < 0) {
            throw new TooLongException();
        }
    }

    /** The answer is longer than the bound. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
