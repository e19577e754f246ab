package org.mailtrace.onprem.follow;

import com.hierynomus.mssmb2.SMBApiException;
import java.io.IOException;
import java.util.List;

/** A share on a file server, as little of it as reading needs; every call may throw {@link SMBApiException}. */
interface RemoteShare extends AutoCloseable {
    /** The files of the folder, without folders. */
    List<RemoteFile> list(String folder);

    /**
     * Reads bytes of a file into the buffer.
     *
     * @return how many; 0 or less at the end
     */
    int read(String file, long offset, byte[] buffer, int at, int length);

    @Override
    void close();

    /**
     * A file on the share.
     *
     * @param modified when it was last written to, in milliseconds since 1970
     */
    record RemoteFile(String name, long size, long modified) {}

    /** Connects to the share. */
    interface Connector {
        RemoteShare connect() throws IOException;
    }
}
