package org.mailtrace.proofpoint.smartsearch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Question;
import org.mailtrace.proofpoint.words.Sentences;

/** Which requests answer a question: as few as find everything, because every row is filtered again here. */
public sealed interface Plan {
    /** Nothing can be asked; the sentence says why. */
    record Impossible(String explanation) implements Plan {}

    /**
     * The requests; together they find every message that is meant.
     *
     * @param provesAbsence whether finding nothing proves that there is nothing
     * @param mayBeTargets whether somebody is asked for whom a rule may have redirected messages to
     */
    record Possible(List<VendorQuery> queries, List<String> warnings, boolean provesAbsence, boolean mayBeTargets)
            implements Plan {
        public Possible {
            queries = List.copyOf(queries);
            warnings = List.copyOf(warnings);
        }

        /** What an administrator would type into Smart Search to see the same. */
        public String equivalent(Question question, Instant from, Instant to) {
            Map<String, String> fields = new LinkedHashMap<>();
            question.sender().ifPresent(sender -> fields.put("Sender", sender.value()));
            if (!question.recipients().isEmpty()) {
                fields.put(
                        "Recipient",
                        question.recipients().stream()
                                .map(AddressPattern::value)
                                .collect(Collectors.joining(" or ")));
            }
            question.subject().ifPresent(subject -> fields.put("Subject", subject));
            question.messageId().ifPresent(id -> fields.put("Message-ID", id.value()));
            return Sentences.equivalent(fields, from, to);
        }
    }

    /** The plan for a question. */
    static Plan of(Question question) {
        if (question.messageId().isPresent()
                && question.messageId().orElseThrow().kind() == MailId.Kind.NETWORK_MESSAGE_ID) {
            return new Impossible(Sentences.unknownKindOfId());
        }
        // The vendor finds what a rule redirected only by the recipient that it had before; whether ours or another's,
        // nobody else may have it yet.
        boolean targets = !question.recipients().isEmpty();
        List<String> warnings = new ArrayList<>();
        if (question.advanced()) {
            warnings.add(Sentences.nothingMoreThorough());
        }
        boolean nullSender =
                question.sender().filter(AddressPattern::isNullSender).isPresent();
        if (question.messageId().isPresent()) {
            return new Possible(
                    VendorQuery.forMessageId(question.messageId().orElseThrow().value()), warnings, true, targets);
        }
        if (targets) {
            return new Possible(byRecipient(question), warnings, true, true);
        }
        if (nullSender) {
            warnings.add(Sentences.nullSenderReadsEverything());
            return new Possible(List.of(VendorQuery.everything()), warnings, true, false);
        }
        return question.sender()
                .<Plan>map(sender -> new Possible(
                        List.of(VendorQuery.of("env_from", VendorQuery.pattern(sender))), warnings, true, false))
                .orElseGet(() -> bySubject(question.subject().orElse(""), warnings));
    }

    private static List<VendorQuery> byRecipient(Question question) {
        Optional<String> sender =
                question.sender().filter(from -> !from.isNullSender()).map(VendorQuery::pattern);
        return Stream.concat(
                        question.recipients().stream()
                                .map(recipient -> VendorQuery.of("env_rcpt", VendorQuery.pattern(recipient))),
                        Stream.of(VendorQuery.redirected()))
                .map(query -> sender.map(from -> query.and("env_from", from)).orElse(query))
                .toList();
    }

    /** Only a subject that stands alone is left to the vendor's analyser; beside an address we filter exactly. */
    private static Plan bySubject(String subject, List<String> warnings) {
        if (SubjectWords.searchable(subject).isEmpty()) {
            return new Impossible(Sentences.subjectWithoutWords());
        }
        List<String> more = new ArrayList<>(warnings);
        more.add(Sentences.subjectByStems());
        return new Possible(List.of(VendorQuery.of("subject", subject)), more, false, false);
    }
}
