package org.mailtrace.onprem.follow;

import java.io.IOException;
import java.util.List;

/** Where one server's tracking logs are read from. */
interface TrackingDirectory {
    /** Every tracking log in it, oldest first. */
    List<LogFile> list() throws IOException;

    /**
     * Reads bytes of a file into the buffer.
     *
     * @return how many; 0 or less at the end, or if the file is gone
     */
    int read(String file, long offset, byte[] buffer, int at, int length) throws IOException;
}
