package org.mailtrace.standins.exo;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailtrace.standins.story.Hop;
import org.mailtrace.standins.story.MailSystem;
import org.mailtrace.standins.story.Shown;
import org.mailtrace.standins.story.Story;
import org.mailtrace.standins.story.StoryBook;

/** The tenant's rows as they are visible at a moment: one per message and recipient, newest first. */
@ApplicationScoped
public class TraceRows {
    private final StoryBook book;
    private final Shown<List<TraceRow>> shown;

    TraceRows(StoryBook book) {
        this.book = book;
        this.shown = new Shown<>(
                book.stories().stream()
                        .flatMap(story -> story.hopsOf(MailSystem.EXCHANGE_ONLINE))
                        .map(Hop::visibleAt)
                        .toList(),
                this::rows);
    }

    /** The rows that can be seen at a moment. */
    public List<TraceRow> visibleAt(Instant now) {
        return shown.at(now);
    }

    private List<TraceRow> rows(Instant now) {
        return book.stories().stream()
                .flatMap(story -> rowsOf(story, now).stream())
                .sorted(Comparator.comparing(TraceRow::received)
                        .reversed()
                        .thenComparing(TraceRow::id)
                        .thenComparing(TraceRow::recipient))
                .toList();
    }

    private static Collection<TraceRow> rowsOf(Story story, Instant now) {
        Map<String, RowDraft> drafts = new LinkedHashMap<>();
        story.hopsOf(MailSystem.EXCHANGE_ONLINE)
                .filter(hop -> hop.isVisibleAt(now))
                .forEach(hop -> hop.recipients().forEach(recipient -> apply(story, hop, recipient, drafts)));
        return drafts.values().stream().map(draft -> draft.row(drafts)).toList();
    }

    private static void apply(Story story, Hop hop, String recipient, Map<String, RowDraft> drafts) {
        RowDraft draft = drafts.computeIfAbsent(recipient, r -> new RowDraft(story, r, hop));
        draft.apply(hop);
        for (String successor : hop.successors()) {
            if (!successor.equals(recipient)) {
                drafts.computeIfAbsent(successor, r -> new RowDraft(story, r, draft));
            }
        }
    }
}
