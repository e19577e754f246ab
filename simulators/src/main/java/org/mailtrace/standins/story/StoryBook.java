package org.mailtrace.standins.story;

import java.time.Instant;
import java.util.List;

/**
 * All stories of one organisation, with every relative time made an instant.
 *
 * @param startedAt what relative times were relative to
 */
public record StoryBook(Organisation organisation, List<Story> stories, Instant startedAt) {
    public StoryBook {
        stories = List.copyOf(stories);
    }
}
