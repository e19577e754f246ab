package org.mailtrace.benchmarks.truth;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailtrace.standins.flows.Fate;
import org.mailtrace.standins.flows.Truth;

/** Judges one answer by the truth, what was down, and the moment; never by how the gateway came to it. */
final class Judge {
    private static final Pattern FOUND = Pattern.compile("^(\\d+) messages? found");
    private static final Set<String> FACTS =
            Set.of("BYPASSED_PROOFPOINT", "RELEASED", "TWO_MAILBOXES", "NULL_SENDER", "HEADER_FROM_DIFFERS");
    private static final Set<String> TOLD_NOTHING = Set.of("UNDETERMINED");
    private static final long SETTLING_SECONDS = 3700;
    private static final long OLD_SECONDS = 9 * 86_400L;

    private final Truths truths;
    private final Tally tally;

    Judge(Truths truths, Tally tally) {
        this.truths = truths;
        this.tally = tally;
    }

    /**
     * Judges.
     *
     * @param down the sources that were stopped
     * @param asked when it was asked, seconds of the epoch
     * @param answered when the answer had come
     */
    void judge(Question question, int status, JsonNode answer, Set<String> down, long asked, long answered) {
        tally.asked();
        Set<String> dead = new HashSet<>(down);
        for (JsonNode source : answer.path("sources")) {
            String state = source.path("state").asText();
            if (!state.equals("ANSWERED") && dead.add(source.path("source").asText())) {
                tally.livingDidNotLook();
            }
        }
        Case one = new Case(
                question, answer, new Knowledge(down, dead, asked - Knowledge.READING_SECONDS, answered), down);
        if (status != 200) {
            refused(one, status);
            return;
        }
        Map<Truth, List<JsonNode>> found = new HashMap<>();
        for (JsonNode trace : answer.path("traces")) {
            Optional<Truth> truth = truths.of(trace);
            if (truth.isEmpty()) {
                wrong(one, "a message that never was", trace.toString(), "no such message");
                continue;
            }
            List<JsonNode> own = found.computeIfAbsent(truth.get(), any -> new ArrayList<>());
            own.add(trace);
            if (own.size() > 1) {
                if (truth.get().oneId()
                        && one.knowledge.knowsAsOne(truth.get())
                        && own.stream().filter(each -> !isLoose(each)).count() > 1) {
                    wrong(
                            one,
                            "one message told as two",
                            answer.path("summary").asText(),
                            truth.get().story());
                } else {
                    tally.split(question);
                }
            }
            trace(one, trace, truth.get());
        }
        summary(one, found.keySet());
        enough(one, found);
    }

    /** Whether it is told of a trace that it may be part of another one. */
    private static boolean isLoose(JsonNode trace) {
        for (JsonNode notice : trace.path("notices")) {
            if (notice.path("code").asText().equals("MAYBE_PART_OF_ANOTHER")) {
                return true;
            }
        }
        return false;
    }

    private void refused(Case one, int status) {
        boolean old = one.question.flow().messages().getFirst().begun() < one.knowledge.now() - OLD_SECONDS;
        if (status != 503 || (one.down.size() < 3 && !old)) {
            wrong(one, "status", Integer.toString(status), "some source lives");
        }
        if (one.answer.toString().contains("No message")) {
            wrong(one, "absence in a refusal", one.answer.toString(), "nobody looked");
        }
    }

    private void trace(Case one, JsonNode trace, Truth truth) {
        Set<String> addresses = Truths.addresses(truth);
        Set<String> seenBy = new HashSet<>();
        truth.seen().forEach(seen -> seenBy.add(seen.system()));
        for (String source : RecipientJudge.texts(trace.path("path"))) {
            if (!seenBy.contains(source) || one.down.contains(source)) {
                wrong(one, "path", trace.path("path").toString(), truth.story() + " was seen by " + seenBy);
            }
        }
        if (trace.hasNonNull("sender")
                && !truth.senders().contains(trace.path("sender").asText())) {
            wrong(one, "sender", trace.path("sender").asText(), truth.sender());
        }
        if (trace.hasNonNull("subject")
                && !truth.subject().equals(trace.path("subject").asText())) {
            wrong(one, "subject", trace.path("subject").asText(), truth.subject());
        }
        for (JsonNode notice : trace.path("notices")) {
            String code = notice.path("code").asText();
            boolean looked = !code.equals("BYPASSED_PROOFPOINT") || one.knowledge.looked("proofpoint");
            if (FACTS.contains(code) && !(truth.notices().contains(code) && looked)) {
                wrong(one, "notice", notice.toString(), truth.story() + " has " + truth.notices());
            }
        }
        if (RecipientJudge.codes(trace).contains("CLOCKS_DIFFER") && !truth.clocksDiffer()) {
            wrong(one, "clocks", trace.path("notices").toString(), truth.story() + " was seen by right clocks");
        }
        if (!trace.path("related").isEmpty()) {
            wrong(one, "related", trace.path("related").toString(), "no message of these flows belongs to another");
        }
        for (JsonNode recipient : trace.path("recipients")) {
            recipient(one, truth, addresses, recipient);
        }
    }

    private void recipient(Case one, Truth truth, Set<String> addresses, JsonNode said) {
        String address = said.path("address").asText().toLowerCase(java.util.Locale.ROOT);
        if (!addresses.contains(address)) {
            wrong(one, "a recipient of another message", said.toString(), truth.story() + " is for " + addresses);
            return;
        }
        tally.outcome(said.path("outcome").asText());
        fateOf(truth, address)
                .ifPresent(fate -> new RecipientJudge(
                                truth,
                                fate,
                                said,
                                one.knowledge,
                                (rule, really) -> wrong(one, rule, said.toString(), really))
                        .judge());
    }

    private void summary(Case one, Set<Truth> found) {
        String summary = one.answer.path("summary").asText();
        Matcher count = FOUND.matcher(summary);
        if (count.find()
                && Integer.parseInt(count.group(1)) != one.answer.path("traces").size()) {
            wrong(one, "count", summary, one.answer.path("traces").size() + " are shown");
        }
        List<Truth> asked = asked(one.question);
        boolean anythingOld = asked.stream().anyMatch(truth -> truth.begun() < one.knowledge.now() - SETTLING_SECONDS);
        if (summary.contains("No message found") && (!one.knowledge.dead().isEmpty() || anythingOld)) {
            wrong(one, "absence", summary, asked.size() + " were sent");
        }
        if (one.answer.path("complete").asBoolean()) {
            complete(one, asked, found);
        }
    }

    /**
     * Complete is said only if nobody is dead, because any of them may have a row of another message with the same id, and then
     * nothing visible is left out.
     */
    private void complete(Case one, List<Truth> asked, Set<Truth> found) {
        for (String dead : one.down) {
            wrong(one, "complete", one.answer.path("summary").asText(), dead + " is dead");
        }
        asked.stream()
                .filter(truth -> !found.contains(truth) && one.knowledge.shows(truth))
                .filter(truth -> one.question.asksById() ? truth.oneId() : true)
                .forEach(truth -> wrong(
                        one, "complete without it", one.answer.path("summary").asText(), truth.story() + " is shown"));
    }

    /** How often more could have been told. */
    private void enough(Case one, Map<Truth, List<JsonNode>> found) {
        for (Truth truth : asked(one.question)) {
            for (Fate fate : truth.fates()) {
                boolean asked =
                        one.question.asksById() ? truth.to().contains(fate.recipient()) : one.question.asksFor(fate);
                if (!asked || !one.knowledge.suffices(truth, fate) || !askable(one, truth)) {
                    continue;
                }
                tally.sufficient(one.question.flow().family());
                Optional<JsonNode> said = found.getOrDefault(truth, List.of()).stream()
                        .flatMap(trace -> find(trace, fate.recipient()).stream())
                        .findFirst();
                if (said.isEmpty()) {
                    tally.absent(one.question, one.knowledge.dead());
                } else if (TOLD_NOTHING.contains(said.get().path("outcome").asText())
                        || (said.get().path("outcome").asText().equals("PENDING")
                                && !fate.outcome().equals("PENDING"))) {
                    tally.undetermined(
                            one.question,
                            one.knowledge.dead(),
                            said.get().path("sentence").asText());
                }
            }
        }
    }

    /** A source that never knew the message by its id cannot be found by it while the others are dead. */
    private static boolean askable(Case one, Truth truth) {
        return !one.question.asksById()
                || truth.oneId()
                || truth.seen().stream()
                        .filter(seen -> one.knowledge.shows(truth, seen.system()))
                        .anyMatch(seen -> !seen.system().equals(truth.originSystem()));
    }

    private List<Truth> asked(Question question) {
        return question.flow().messages().stream().filter(question::asksFor).toList();
    }

    private static Optional<Fate> fateOf(Truth truth, String address) {
        return truth.fates().stream()
                .filter(fate -> fate.recipient().equalsIgnoreCase(address))
                .findFirst();
    }

    private static Optional<JsonNode> find(JsonNode trace, String address) {
        for (JsonNode recipient : trace.path("recipients")) {
            if (recipient.path("address").asText().equalsIgnoreCase(address)) {
                return Optional.of(recipient);
            }
        }
        return Optional.empty();
    }

    private void wrong(Case one, String rule, String said, String really) {
        tally.wrong(new Violation(one.question, one.knowledge.dead(), rule, said, really));
    }

    private record Case(Question question, JsonNode answer, Knowledge knowledge, Set<String> down) {}
}
