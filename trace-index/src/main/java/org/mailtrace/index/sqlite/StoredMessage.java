package org.mailtrace.index.sqlite;

import java.util.List;

/** A message's row in the table; times in milliseconds since 1970. */
record StoredMessage(
        long id, long firstSeen, long lastSeen, boolean noise, boolean senderKnown, List<String> subjects) {}
