package org.mailtrace.proofpoint.fate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.NameValue;
import org.mailtrace.contract.TraceEvent;
import org.mailtrace.proofpoint.row.MessageRow;
import org.mailtrace.proofpoint.words.RemarkSentences;
import org.mailtrace.proofpoint.words.Sentences;

/** Tells a message's rows as events, the vendor's columns beside them. */
final class Events {
    private static final List<String> CONNECTION =
            List.of("Sender_Host", "Sender_IP_Address", "country", "TLS", "SID", "QID", "FQIN", "Agent");
    private static final List<String> SENDMAIL =
            List.of("Sendmail_Action", "Sendmail_To", "Sendmail_Stat", "Sendmail_To_Stat", "Sendmail_Errorcode", "QID");

    private final Message message;
    private final Map<String, String> siteReasons;
    private final List<TraceEvent> events = new ArrayList<>();

    private Events(Message message, Map<String, String> siteReasons) {
        this.message = message;
        this.siteReasons = siteReasons;
    }

    static List<TraceEvent> of(Message message, Map<String, String> siteReasons) {
        return new Events(message, siteReasons).told();
    }

    private List<TraceEvent> told() {
        MessageRow first = message.rows().getFirst();
        events.add(new TraceEvent(
                message.firstSeen(),
                EventType.RECEIVE,
                Optional.empty(),
                first.column("Agent"),
                Optional.of(Sentences.received()),
                first.raw(CONNECTION)));
        message.rows().forEach(this::tell);
        return events.stream()
                .distinct()
                .sorted(Comparator.comparing(TraceEvent::at))
                .toList();
    }

    private void tell(MessageRow row) {
        Verdict verdict = Verdict.of(row, siteReasons);
        List<NameValue> raw = row.raw(Verdict.COLUMNS);
        add(
                row,
                EventType.FILTER,
                Sentences.filtered(),
                Stream.concat(raw.stream(), PublishedColumns.unknownOf(row).stream())
                        .toList());
        switch (verdict.action()) {
            case HELD -> add(row, EventType.QUARANTINE, Sentences.held(), raw);
            case DISCARDED -> add(row, EventType.DISCARD, Sentences.discarded(), raw);
            case REJECTED -> add(row, EventType.REJECT, Sentences.rejected(), raw);
            case RETRY -> add(row, EventType.DEFER, Sentences.refusedForNow(), raw);
            case REDIRECTED -> add(row, EventType.REDIRECT, Sentences.redirected(), raw);
            case UNKNOWN -> add(row, EventType.OTHER, Sentences.notUnderstood(), raw);
            case PASSED -> {
                if (verdict.folder().isPresent()) {
                    add(row, EventType.OTHER, Sentences.copyKept(), raw);
                }
            }
        }
        if (Remarks.isReinjected(row)) {
            add(row, EventType.OTHER, RemarkSentences.reinjected(), raw);
        }
        if (verdict.action() == Verdict.Action.HELD) {
            row.recipients()
                    .forEach(recipient -> Remarks.handedOnAfterHold(row, recipient, message.dateOf(row))
                            .ifPresent(handover -> addRelease(row, recipient, handover)));
        }
        if (verdict.goesOn()) {
            row.recipients()
                    .forEach(recipient -> SendmailColumns.handoverOf(row, recipient)
                            .ifPresent(handover -> addHandover(row, recipient, handover)));
        }
    }

    private void add(MessageRow row, EventType type, String text, List<NameValue> raw) {
        events.add(new TraceEvent(
                message.dateOf(row), type, Optional.empty(), row.column("Agent"), Optional.of(text), raw));
    }

    private void addRelease(MessageRow row, String recipient, Handover handover) {
        events.add(new TraceEvent(
                handover.at().orElseThrow(),
                EventType.RELEASE,
                Optional.of(recipient),
                handover.host(),
                Optional.of(RemarkSentences.handedOnAfterHold(handover.host())),
                row.raw(SENDMAIL)));
    }

    private void addHandover(MessageRow row, String recipient, Handover handover) {
        Instant at = handover.at().orElse(message.dateOf(row));
        List<NameValue> raw = new ArrayList<>(row.raw(SENDMAIL));
        raw.add(new NameValue("stat", handover.stat()));
        EventType type = switch (handover.result()) {
            case SENT -> EventType.SEND;
            case DEFERRED -> EventType.DEFER;
            case FAILED -> EventType.FAIL;
            case UNKNOWN -> EventType.OTHER;
        };
        String text = switch (handover.result()) {
            case SENT -> Sentences.handedOn();
            case DEFERRED -> Sentences.deferred();
            case FAILED -> Sentences.failed();
            case UNKNOWN -> Sentences.notUnderstood();
        };
        events.add(
                new TraceEvent(at, type, Optional.of(recipient), handover.host(), Optional.of(text), List.copyOf(raw)));
    }
}
