package org.mailtrace.proofpoint.smartsearch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Question;
import org.mailtrace.proofpoint.row.MessageRow;
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

    /**
     * The plan for a question.
     *
     * @param domains the organisation's own, in lower case; without any, every address may be another's
     */
    static Plan of(Question question, Set<String> domains) {
        if (question.messageId().isPresent()
                && question.messageId().orElseThrow().kind() == MailId.Kind.NETWORK_MESSAGE_ID) {
            return new Impossible(Sentences.unknownKindOfId());
        }
        boolean targets = mayBeTargets(question, domains);
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
        if (!question.recipients().isEmpty()) {
            return new Possible(byRecipient(question, targets), warnings, true, targets);
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

    private static List<VendorQuery> byRecipient(Question question, boolean targets) {
        Optional<String> sender =
                question.sender().filter(from -> !from.isNullSender()).map(VendorQuery::pattern);
        return Stream.concat(
                        question.recipients().stream()
                                .map(recipient -> VendorQuery.of("env_rcpt", VendorQuery.pattern(recipient))),
                        targets ? Stream.of(VendorQuery.of("action", MessageRow.REDIRECT)) : Stream.empty())
                .map(query -> sender.map(from -> query.and("env_from", from)).orElse(query))
                .toList();
    }

    /**
     * Whether somebody is asked for whom a rule may have redirected messages to. The vendor finds those only by the
     * recipient that they had before; whoever is ours has them in a system of ours, which is followed.
     */
    private static boolean mayBeTargets(Question question, Set<String> domains) {
        return question.recipients().stream().anyMatch(recipient -> !domains.contains(recipient.domain()));
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
