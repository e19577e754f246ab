package org.mailtrace.gateway.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailtrace.gateway.answer.SourceReport;
import org.mailtrace.gateway.answer.Trace;
import org.mailtrace.gateway.answer.TraceAnswer;
import org.mailtrace.gateway.answer.TraceRecipient;
import org.mailtrace.gateway.settings.GatewaySettings;
import org.mailtrace.gateway.words.LookUpWords;
import org.mailtrace.gateway.words.Times;

/**
 * One trace as a note that is pasted into a ticket: what became of it for whom, what to do, what it rests on, and what
 * was not looked at. Times are in the configured zone, which the note names.
 */
@ApplicationScoped
public class Note {
    private final GatewaySettings settings;
    private final Times times;

    Note(GatewaySettings settings) {
        this.settings = settings;
        this.times = new Times(settings.zone());
    }

    /** As plain text. */
    public String plain(TraceAnswer answer) {
        return written(answer, new PlainPen());
    }

    /** As CommonMark. What others wrote, such as the subject, cannot make any mark-up of it. */
    public String markdown(TraceAnswer answer) {
        return written(answer, new MarkdownPen());
    }

    private String written(TraceAnswer answer, Pen pen) {
        if (answer.traces().isEmpty()) {
            pen.title(LookUpWords.NOT_SEEN);
            pen.item(times.areInZone());
        }
        answer.traces().forEach(trace -> {
            head(trace, pen);
            pen.heading("What became of it");
            trace.recipients().forEach(recipient -> recipient(recipient, pen));
            if (!trace.notices().isEmpty()) {
                pen.heading("Worth knowing");
                trace.notices().forEach(notice -> pen.item(notice.text()));
            }
            if (!trace.related().isEmpty()) {
                pen.heading("Messages that belong to it");
                trace.related().forEach(related -> pen.item(related(related)));
            }
            if (!trace.events().isEmpty()) {
                pen.heading("Timeline, in the order in which it was handed on");
                trace.events().forEach(event -> pen.item(line(event)));
            }
            if (!trace.links().consoles().isEmpty()) {
                pen.heading("In the vendors' consoles");
                trace.links().consoles().forEach(pen::item);
            }
        });
        looked(answer, pen);
        return pen.text();
    }

    /** The source's sentence names the other message, where it is the source's. */
    private static String related(Trace.Related related) {
        return related.text().contains(related.messageId())
                ? related.text()
                : related.text() + " Its Message-ID: " + related.messageId();
    }

    private void head(Trace trace, Pen pen) {
        pen.title(trace.subject().map(subject -> "\"" + subject + "\"").orElse("A message without a subject"));
        pen.item("From: " + trace.sender().orElse("an unknown sender")
                + trace.headerFrom()
                        .map(from -> " (the recipient sees " + from + ")")
                        .orElse(""));
        pen.item("First seen: " + times.day(trace.firstSeen()) + " (" + times.zone() + ")");
        trace.messageId().ifPresent(id -> pen.item("Message-ID: " + id));
        trace.networkMessageId().ifPresent(id -> pen.item("Network message id: " + id));
        if (!trace.path().isEmpty()) {
            pen.item("Path: "
                    + String.join(
                            ", then ", trace.path().stream().map(this::title).toList()));
        }
    }

    private void recipient(TraceRecipient recipient, Pen pen) {
        List<String> said = new ArrayList<>();
        said.add(recipient.address() + ": " + recipient.outcome() + ".");
        said.add(recipient.sentence());
        recipient.nextAction().ifPresent(said::add);
        pen.item(String.join(" ", said));
        recipient
                .evidence()
                .forEach(evidence -> pen.subItem(title(evidence.source()) + ", "
                        + times.second(evidence.at()) + ": " + evidence.status()
                        + evidence.rawStatus().map(raw -> " (" + raw + ")").orElse("")));
    }

    private String line(Trace.Event event) {
        return times.second(event.at()) + " " + title(event.source()) + ": " + event.type()
                + event.recipient().map(address -> ", " + address).orElse("")
                + event.host().map(host -> ", " + host).orElse("")
                + event.text().map(text -> ", " + text).orElse("");
    }

    private void looked(TraceAnswer answer, Pen pen) {
        pen.heading("How well everybody looked");
        pen.item(answer.complete() ? "Complete." : "Not complete: " + answer.summary());
        answer.sources().forEach(source -> pen.item(title(source.source()) + ": " + source.state() + proven(source)));
        answer.warnings().forEach(pen::item);
    }

    private String proven(SourceReport source) {
        Optional<Instant> until = source.absenceProvenUntil();
        return until.map(instant -> ", up to " + times.second(instant)).orElse("")
                + source.explanation().map(sentence -> ". " + sentence).orElse("");
    }

    private String title(String source) {
        return Optional.ofNullable(settings.sources().get(source))
                .map(GatewaySettings.Source::title)
                .orElse(source);
    }
}
