package org.mailtrace.proofpoint.settings;

/** Where questions go. */
public enum Ask {
    /** To Smart Search only. */
    SMART_SEARCH,
    /** To the records of the log stream only. */
    LOG_STREAM,
    /** To the records of the log stream, and to Smart Search for what they cannot tell. */
    BOTH;

    /** Whether the log stream is followed. */
    public boolean readsStream() {
        return this != SMART_SEARCH;
    }

    /** Whether Smart Search may be asked. */
    public boolean asksSmartSearch() {
        return this != LOG_STREAM;
    }
}
