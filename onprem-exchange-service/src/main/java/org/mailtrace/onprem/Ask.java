package org.mailtrace.onprem;

/** Which way questions go. */
public enum Ask {
    /** To the index of the tracking logs only. */
    FILES,
    /** To the servers only. */
    LIVE,
    /** To the index, and to each server for what its files cannot tell yet. */
    FILES_WITH_LIVE
}
