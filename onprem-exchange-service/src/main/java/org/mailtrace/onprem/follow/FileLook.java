package org.mailtrace.onprem.follow;

import java.time.Instant;

/**
 * What is known about a file when it is read.
 *
 * @param begun when the look at the directory began
 * @param patience an unfinished record that stood there since before this moment may be given up
 * @param finished whether nothing will be written to it any more, so that its end ends its last record
 * @param joins whether nothing can be missing between the file and what is known
 */
record FileLook(Instant begun, Instant patience, boolean finished, boolean joins) {
    Chunk.Ending ending(boolean atEnd, boolean abandoned) {
        if (atEnd && finished) {
            return Chunk.Ending.LAST;
        }
        return abandoned ? Chunk.Ending.ABANDONED : Chunk.Ending.OPEN;
    }
}
