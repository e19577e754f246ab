package org.mailtrace.benchmarks.truth;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailtrace.standins.flows.Fate;
import org.mailtrace.standins.flows.Truth;

/** Judges what is said about one recipient. */
final class RecipientJudge {
    private static final Map<String, String> TITLES = Map.of(
            "Proofpoint",
            "proofpoint",
            "On-premises Exchange",
            "onprem-exchange",
            "Exchange Online",
            "exchange-online");
    private static final Pattern NOT_SEARCHED = Pattern.compile("but (.+?) could not be searched");
    private static final Pattern SHOWN_TO = Pattern.compile("show it delivered to (\\d+|all|that)");
    private static final Pattern NOBODY = Pattern.compile("delivered to (none|nobody)|not delivered there");
    private static final Set<String> ENDS =
            Set.of("QUARANTINED", "REJECTED", "DISCARDED", "FAILED", "HANDED_OFF", "REMOVED", "JUNKED");

    private final Truth message;
    private final Fate fate;
    private final JsonNode said;
    private final Knowledge knowledge;
    private final BiConsumer<String, String> wrong;

    /** @param wrong takes the broken demand and what is true instead */
    RecipientJudge(Truth message, Fate fate, JsonNode said, Knowledge knowledge, BiConsumer<String, String> wrong) {
        this.message = message;
        this.fate = fate;
        this.said = said;
        this.knowledge = knowledge;
        this.wrong = wrong;
    }

    void judge() {
        String outcome = said.path("outcome").asText();
        switch (outcome) {
            case "UNDETERMINED" -> {}
            case "PENDING" -> pending();
            case "DELIVERED" -> delivered();
            case "READDRESSED" -> readdressed();
            case "MISSING_AT_NEXT_HOP" -> missing();
            default -> {
                demand(ENDS.contains(outcome), "outcome");
                boolean unchecked = outcome.equals("QUARANTINED") && sentence().contains("could not be checked");
                demand(outcome.equals(fate.outcome()) || unchecked, "outcome");
                demand(unchecked || where().equals(fate.where()), "where");
            }
        }
        if (outcome.equals("HANDED_OFF") && !fate.host().isEmpty()) {
            demand(sentence().contains(fate.host()), "host");
        }
        custody();
        direction();
        sentences();
    }

    private void pending() {
        if (said.path("reason").asText().equals("not-visible-yet")) {
            demand(!knowledge.showsTheEnd(message, fate), "not visible yet, but it is");
            return;
        }
        boolean reallyWaits = fate.outcome().equals("PENDING") && where().equals(fate.where());
        boolean onlyThatIsShown =
                !knowledge.showsTheEnd(message, fate) && knowledge.lastShownWaiting(message, where(), fate.recipient());
        demand(reallyWaits || onlyThatIsShown, "outcome");
    }

    private void delivered() {
        boolean folderOpen = fate.outcome().equals("JUNKED") && sentence().contains("folder was not checked");
        demand(fate.outcome().equals("DELIVERED") || folderOpen, "outcome");
        demand(where().equals(fate.where()), "where");
    }

    private void readdressed() {
        demand(fate.outcome().equals("READDRESSED"), "outcome");
        demand(where().equals(fate.where()), "where");
        List<String> to = texts(said.path("readdressedTo"));
        demand(fate.readdressedTo().containsAll(to), "readdressedTo");
        Matcher shown = SHOWN_TO.matcher(sentence());
        if (shown.find()) {
            boolean all = shown.group(1).equals("all") || shown.group(1).equals("that");
            int claimed = all ? to.size() : Integer.parseInt(shown.group(1));
            demand(claimed <= fate.inMailboxOf(), "more of them have it");
        }
        demand(!NOBODY.matcher(sentence()).find() || fate.inMailboxOf() == 0, "nobody has it");
    }

    private void missing() {
        boolean lost = fate.outcome().equals("MISSING_AT_NEXT_HOP") && where().equals(fate.where());
        boolean mayStillCome =
                !knowledge.showsTheEnd(message, fate) && sentence().contains("still arrives within a day");
        boolean invisible = message.seen().stream()
                .anyMatch(seen -> knowledge.lives(seen.system()) && !seen.isVisibleAt(knowledge.before()));
        demand(lost || (mayStillCome && invisible), "outcome");
    }

    /** Nobody dead is evidence, and the place is one that really had it. */
    private void custody() {
        if (said.hasNonNull("where")) {
            demand(knowledge.shows(message, where()), "where nobody shows it");
        }
        for (JsonNode evidence : said.path("evidence")) {
            demand(knowledge.lives(evidence.path("source").asText()), "evidence of the dead");
            demand(Truths.holds(message, evidence), "evidence of another message");
        }
        if (said.hasNonNull("since") && said.hasNonNull("where")) {
            long since = Truths.seconds(said.path("since"));
            demand(
                    message.seen().stream().anyMatch(seen -> seen.system().equals(where()) && Truths.near(seen, since)),
                    "since");
        }
        demand(Truths.addresses(message).containsAll(texts(said.path("via"))), "via");
    }

    private void direction() {
        String direction = said.path("direction").asText();
        demand(direction.equals("UNKNOWN") || direction.equals(fate.direction()), "direction");
        boolean needsOrigin = !fate.direction().equals("OUTBOUND");
        demand(
                direction.equals("UNKNOWN") || !needsOrigin || knowledge.originKnown(message),
                "direction of unseen origin");
    }

    private void sentences() {
        boolean mailboxesLive = knowledge.looked("exchange-online") && knowledge.looked("onprem-exchange");
        if (sentence().contains("has not reached the mailbox") || sentence().contains("no later delivery was seen")) {
            demand(mailboxesLive && fate.inMailboxOf() == 0, "not in the mailbox");
        }
        Matcher unsearched = NOT_SEARCHED.matcher(sentence());
        if (unsearched.find()) {
            demand(!knowledge.looked(TITLES.getOrDefault(unsearched.group(1), "")), "not searched, but it was");
        }
    }

    private void demand(boolean kept, String rule) {
        if (!kept) {
            wrong.accept(rule, fate.toString());
        }
    }

    private String sentence() {
        return said.path("sentence").asText();
    }

    private String where() {
        return said.path("where").asText();
    }

    static List<String> codes(JsonNode trace) {
        List<String> codes = new ArrayList<>();
        trace.path("notices").forEach(notice -> codes.add(notice.path("code").asText()));
        return codes;
    }

    static List<String> texts(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText().toLowerCase(java.util.Locale.ROOT)));
        return texts;
    }
}
