package org.mailtrace.standins.proofpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mailtrace.standins.StandInsConfig;
import org.mailtrace.standins.story.Deed;
import org.mailtrace.standins.story.Hop;
import org.mailtrace.standins.story.MailSystem;
import org.mailtrace.standins.story.Shown;
import org.mailtrace.standins.story.Story;
import org.mailtrace.standins.story.StoryBook;

/** What Smart Search shows at a moment, newest first. */
@ApplicationScoped
class FilteredMessages {
    private final StoryBook book;
    private final StandInsConfig.Proofpoint config;
    private final Shown<List<FilteredMessage>> shown;

    FilteredMessages(StoryBook book, StandInsConfig config) {
        this.book = book;
        this.shown = new Shown<>(changes(book), this::rendered);
        this.config = config.proofpoint();
    }

    List<FilteredMessage> visibleAt(Instant now) {
        Instant oldest = now.minus(config.retention());
        return all(now).stream().filter(m -> !m.receivedAt().isBefore(oldest)).toList();
    }

    /** All that the stories will ever bring, so that a message's parts have the same names from the beginning. */
    List<FilteredMessage> ever() {
        return all(Instant.MAX);
    }

    /** What the quarantine's folders hold. */
    List<FilteredMessage> heldAt(Instant now) {
        Instant oldest = now.minus(config.quarantineRetention());
        return all(now).stream()
                .filter(m -> m.held() && !m.receivedAt().isBefore(oldest))
                .toList();
    }

    /** When something further is seen. */
    private static List<Instant> changes(StoryBook book) {
        return book.stories().stream()
                .flatMap(story -> story.hopsOf(MailSystem.PROOFPOINT))
                .map(Hop::visibleAt)
                .toList();
    }

    private List<FilteredMessage> all(Instant now) {
        return shown.at(now);
    }

    private List<FilteredMessage> rendered(Instant now) {
        return book.stories().stream()
                .flatMap(story -> passes(story, now).stream())
                .sorted(Comparator.comparing(FilteredMessage::receivedAt)
                        .reversed()
                        .thenComparing(FilteredMessage::guid))
                .toList();
    }

    /** Each time that a message comes in begins a new pass with rows of its own. */
    private static List<FilteredMessage> passes(Story story, Instant now) {
        List<FilterPass> passes = new ArrayList<>();
        List<Hop> hops = story.hopsOf(MailSystem.PROOFPOINT)
                .filter(hop -> hop.isVisibleAt(now))
                .toList();
        for (Hop hop : hops) {
            if (hop.deed() == Deed.RECEIVE) {
                passes.add(new FilterPass(story, hop, passes.size()));
            } else {
                passes.reversed().stream()
                        .filter(pass -> pass.concerns(hop))
                        .findFirst()
                        .ifPresent(pass -> pass.add(hop));
            }
        }
        return passes.stream().flatMap(pass -> pass.messages().stream()).toList();
    }
}
