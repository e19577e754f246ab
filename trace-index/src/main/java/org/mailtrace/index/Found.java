package org.mailtrace.index;

import java.util.List;

/**
 * What a search found.
 *
 * @param messages newest first, at most as many as the query's limit
 * @param more whether older ones follow
 */
public record Found(List<IndexedMessage> messages, boolean more) {
    public Found {
        messages = List.copyOf(messages);
    }
}
