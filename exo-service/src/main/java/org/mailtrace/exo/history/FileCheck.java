package org.mailtrace.exo.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.Question;
import org.mailtrace.exo.history.csv.EventRow;
import org.mailtrace.exo.history.csv.FileKind;
import org.mailtrace.exo.history.csv.HistoryFile;
import org.mailtrace.exo.history.csv.HistoryRow;
import org.mailtrace.exo.history.csv.RecipientEvents;
import org.mailtrace.exo.history.csv.RowLimits;
import org.mailtrace.exo.history.csv.SummaryRow;
import org.mailtrace.exo.history.csv.UnfitFile;
import org.mailtrace.exo.words.HistoryWords;

/**
 * Whether a file can be the answer to a report's question. A file does not say what it was searched by; but if not one of
 * its rows has the sender, say, that was asked for, it is the file of another search.
 */
final class FileCheck {
    private final Question question;
    private final Criteria order;
    private final FileKind ordered;
    private final Optional<Long> rowsSaid;
    private boolean inWindow;
    private boolean fromSender;
    private boolean forRecipient;
    private boolean ofMessage;

    FileCheck(Question question, FileKind ordered, Optional<Long> rowsSaid) {
        this.question = question;
        this.order = Criteria.of(question);
        this.ordered = ordered;
        this.rowsSaid = rowsSaid;
    }

    /** @throws UnfitFile with every fault */
    void check(Path path) throws IOException, UnfitFile {
        try (HistoryFile file = HistoryFile.open(Files.newInputStream(path), RowLimits.DOCUMENTED)) {
            for (Optional<HistoryRow> row = file.next(); row.isPresent(); row = file.next()) {
                look(row.orElseThrow());
            }
            List<String> faults = faults(file);
            if (!faults.isEmpty()) {
                throw new UnfitFile(faults);
            }
        }
    }

    private List<String> faults(HistoryFile file) {
        List<String> faults = new ArrayList<>();
        if (file.kind() != ordered) {
            faults.add(HistoryWords.otherKind(ordered == FileKind.EXTENDED ? "extended report" : "enhanced summary"));
        }
        if (file.count().rows() == 0) {
            if (file.count().broken() > 0) {
                faults.add(HistoryWords.ONLY_BROKEN_ROWS);
            } else if (rowsSaid.filter(rows -> rows > 0).isPresent()) {
                faults.add(HistoryWords.FILE_WITHOUT_ROWS);
            }
            return faults;
        }
        add(faults, inWindow, HistoryWords.NO_ROW_IN_WINDOW);
        add(faults, fromSender || order.sender().isEmpty(), HistoryWords.NO_ROW_FROM_SENDER);
        add(faults, forRecipient || order.recipients().isEmpty(), HistoryWords.NO_ROW_FOR_RECIPIENT);
        add(faults, ofMessage || order.messageId().isEmpty(), HistoryWords.NO_ROW_OF_MESSAGE);
        return faults;
    }

    private static void add(List<String> faults, boolean fits, String fault) {
        if (!fits) {
            faults.add(fault);
        }
    }

    private void look(HistoryRow row) {
        if (row instanceof SummaryRow summary) {
            look(
                    summary.at(),
                    List.of(summary.sender()),
                    summary.recipients().stream().map(RecipientEvents::address).toList(),
                    summary.messageId());
        } else if (row instanceof EventRow event) {
            List<String> senders = new ArrayList<>(List.of(event.sender()));
            event.field("return_path").map(String::strip).ifPresent(senders::add);
            List<String> recipients = new ArrayList<>(event.recipients());
            recipients.addAll(event.related());
            look(event.at(), senders, recipients, event.messageId());
        }
    }

    private void look(Instant at, List<String> senders, List<String> recipients, Optional<String> messageId) {
        inWindow |= question.covers(at);
        fromSender |= question.sender()
                .filter(sender -> senders.stream().anyMatch(sender::matches))
                .isPresent();
        forRecipient |= recipients.stream().anyMatch(question::asksForRecipient);
        ofMessage |= messageId.equals(order.messageId());
    }
}
