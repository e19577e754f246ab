package org.mailtrace.onprem.follow;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.onprem.meaning.GroupKey;

/**
 * The message that an id pair stands for. Rows of one message stand near each other, so the last ones are remembered.
 */
final class Groups {
    private static final int REMEMBERED = 1024;

    private final Map<Ids, String> known = new HashMap<>();

    /** The group of the message with these ids, as the index keeps it. */
    String of(Optional<String> messageId, Optional<String> networkMessageId) {
        Ids ids = new Ids(messageId, networkMessageId);
        String group = known.get(ids);
        if (group == null) {
            group = GroupKey.inIndex(GroupKey.of(messageId, networkMessageId));
            if (known.size() >= REMEMBERED) {
                known.clear();
            }
            known.put(ids, group);
        }
        return group;
    }

    /** The ids of a message. */
    private record Ids(Optional<String> messageId, Optional<String> networkMessageId) {}
}
