package org.mailtrace.onprem.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Question;
import org.mailtrace.onprem.LiveSettings;
import org.mailtrace.onprem.live.psrp.Cmdlet.Parameter;
import org.mailtrace.onprem.live.psrp.Cmdlet.Several;
import org.mailtrace.onprem.live.psrp.Cmdlet.Single;

/**
 * What the cmdlet is asked for a question. It knows no wildcards and one sender only, and by sender it means the From or
 * Sender header, not the envelope; whatever it cannot filter is filtered here.
 *
 * @param filters its parameters besides the window
 * @param otherwise what is asked when the first brings nothing: ids are kept with and without brackets or dashes
 * @param byId whether all rows of the message come at once, so that nothing needs to be followed up
 * @param limitation why rows may exist that it does not return
 * @param refusal why it cannot be asked at all
 */
record CmdletPlan(
        List<Parameter> filters,
        List<Parameter> otherwise,
        boolean byId,
        Optional<String> limitation,
        Optional<String> refusal) {
    CmdletPlan {
        filters = List.copyOf(filters);
        otherwise = List.copyOf(otherwise);
    }

    static CmdletPlan of(Question question, Instant from, Instant to, LiveSettings settings) {
        if (question.messageId().isPresent()) {
            return byId(question.messageId().get());
        }
        Duration window = Duration.between(from, to);
        List<Parameter> filters = new ArrayList<>();
        boolean exactRecipients = !question.recipients().isEmpty()
                && question.recipients().stream().noneMatch(AddressPattern::isWholeDomain);
        if (exactRecipients) {
            filters.add(new Several(
                    "Recipients",
                    question.recipients().stream().map(AddressPattern::value).toList()));
        }
        question.subject().ifPresent(text -> filters.add(new Single("MessageSubject", "S", text)));
        Optional<String> sender = question.sender()
                .filter(pattern -> !pattern.isWholeDomain() && !pattern.isNullSender())
                .map(AddressPattern::value);
        if (!exactRecipients && sender.isEmpty() && window.compareTo(settings.widestWindow()) > 0) {
            return refused(LiveSentences.tooWide(settings.widestWindow()));
        }
        boolean bySenderOnly = filters.isEmpty() && sender.isPresent();
        if (bySenderOnly && window.compareTo(settings.senderWindow()) > 0) {
            filters.add(new Single("Sender", "S", sender.get()));
            return new CmdletPlan(filters, List.of(), false, Optional.of(LiveSentences.BY_HEADER), Optional.empty());
        }
        return new CmdletPlan(filters, List.of(), false, Optional.empty(), Optional.empty());
    }

    /** All rows of a short window. */
    static CmdletPlan everything() {
        return new CmdletPlan(List.of(), List.of(), false, Optional.empty(), Optional.empty());
    }

    static CmdletPlan byId(MailId id) {
        boolean isMessageId = id.kind() == MailId.Kind.MESSAGE_ID;
        String name = isMessageId ? "MessageId" : "NetworkMessageId";
        String bare = isMessageId
                ? id.value().substring(1, id.value().length() - 1)
                : id.value().replace("-", "");
        return new CmdletPlan(
                List.of(new Single(name, "S", id.value())),
                List.of(new Single(name, "S", bare)),
                true,
                Optional.empty(),
                Optional.empty());
    }

    private static CmdletPlan refused(String sentence) {
        return new CmdletPlan(List.of(), List.of(), false, Optional.empty(), Optional.of(sentence));
    }
}
