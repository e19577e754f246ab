package org.mailtrace.proofpoint.words;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.QuarantineState;
import org.mailtrace.contract.RecipientStatus;

/**
 * The dictionary: plain, exact and kind, and what to do next. No sentence shows a time, because this service does not
 * know the reader's zone.
 */
public final class Sentences {
    /** How a reason of the filter reads after "as". */
    private static final Map<String, String> JUDGEMENTS = Map.ofEntries(
            Map.entry("bulk", "bulk mail"),
            Map.entry("spam", "spam"),
            Map.entry("phishing", "phishing"),
            Map.entry("malware", "malware"),
            Map.entry("impostor", "an impostor's message"),
            Map.entry("dlp", "a breach of a data protection rule"),
            Map.entry("encryption", "mail that must be encrypted"),
            Map.entry("authentication", "mail that failed sender authentication"),
            Map.entry("blocked-sender", "mail from a blocked sender"),
            Map.entry("unknown-recipient", "mail to an unknown recipient"),
            Map.entry("greylisting", "a first attempt (greylisting)"),
            Map.entry("adult", "adult content"));

    /** How a reason for not handing on reads after "because". */
    private static final Map<String, String> CAUSES = Map.ofEntries(
            Map.entry("tls", "the connection could not be encrypted (TLS)"),
            Map.entry("greylisting", "a second attempt is asked for (greylisting)"),
            Map.entry("unknown-recipient", "the address does not exist"),
            Map.entry("mailbox-full", "the mailbox is full"),
            Map.entry("too-large", "the message is too large"),
            Map.entry("unknown-host", "the next server cannot be found"),
            Map.entry("throttled", "the next server takes no more mail for the moment"),
            Map.entry("connection", "the next server cannot be reached"),
            Map.entry("blocked-sender", "the sender's server has a bad reputation"),
            Map.entry("authentication", "the sender could not be authenticated"));

    private static final Set<String> DANGEROUS = Set.of("phishing", "malware", "impostor");

    private Sentences() {}

    /** Reasons of the filter that the dictionary has words for. */
    public static Set<String> judgements() {
        return JUDGEMENTS.keySet();
    }

    /** Reasons for not handing on that the dictionary has words for. */
    public static Set<String> causes() {
        return CAUSES.keySet();
    }

    // What became of one recipient's message.

    /**
     * One sentence on one recipient.
     *
     * @param facts what is known beside the status
     */
    public static String explanation(RecipientStatus status, Facts facts) {
        return switch (status) {
            case QUARANTINED -> quarantined(facts);
            case PASSED_ON ->
                facts.host()
                        .map(host -> "Proofpoint handed it to " + host + reply(facts)
                                + "; what happened after that is not visible in Proofpoint.")
                        .orElse("Proofpoint handed it on" + reply(facts)
                                + "; what happened after that is not visible in Proofpoint.");
            case IN_TRANSIT ->
                "Proofpoint let it pass its filters; its records do not show that the next server took it over.";
            case DEFERRED ->
                facts.host().isPresent() || facts.reply().isPresent()
                        ? "Proofpoint could not hand it on yet" + because(facts) + reply(facts) + "; it keeps trying."
                        : "Proofpoint refused it for now" + because(facts) + "; the sender's server has to try again.";
            case FAILED -> whyItFailed(facts) + "; the sender should have received a bounce.";
            case REJECTED -> "Proofpoint refused it" + as(facts) + "; the sender should have received a bounce.";
            case DISCARDED -> "Proofpoint dropped it" + as(facts) + "; nobody was told and it cannot be recovered.";
            case REDIRECTED ->
                facts.relatedAddresses()
                        ? "A rule in Proofpoint sent it to another address instead."
                        : "A rule in Proofpoint sent it another way; its records do not say to which address.";
            default ->
                facts.reply().isPresent()
                        ? "Proofpoint let it pass its filters, and its mail server used words that Mailtrace does not know."
                        : "Proofpoint used a word for its decision that Mailtrace does not know.";
        };
    }

    /** Whoever reads this has read that Proofpoint gave up. */
    private static String whyItFailed(Facts facts) {
        Optional<String> cause = facts.reason()
                .map(reason -> Optional.ofNullable(CAUSES.get(reason))
                        .orElseGet(() -> "it was stopped as " + JUDGEMENTS.getOrDefault(reason, reason)));
        return cause.map(text -> Character.toUpperCase(text.charAt(0)) + text.substring(1) + reply(facts))
                .orElseGet(() -> facts.reply()
                        .map(reply -> "The last reply was: " + reply)
                        .orElse("Its records do not say why"));
    }

    /** One sentence that says what to do; empty where there is nothing to do. */
    public static Optional<String> nextAction(RecipientStatus status, Facts facts) {
        return switch (status) {
            case QUARANTINED -> Optional.of(nextActionForHeld(facts));
            case PASSED_ON -> Optional.of("Look for it in the next system; quote the Message-ID.");
            case IN_TRANSIT ->
                Optional.of("Look for it in the next system; if it is not there, ask the mail administrators to look at"
                        + " Proofpoint's mail queue.");
            case DEFERRED ->
                facts.host().isPresent() || facts.reply().isPresent()
                        ? Optional.of("Do not send it again; look once more in an hour.")
                        : Optional.of(
                                "Wait for the sender's server to try again; if nothing comes within a day, ask the sender"
                                        + " to send it again.");
            case FAILED ->
                facts.reason().filter("unknown-recipient"::equals).isPresent()
                        ? Optional.of("Correct the address and send it again.")
                        : Optional.of(
                                facts.reply().isPresent()
                                        ? "Mend what the reply says, then send it again."
                                        : "Ask the sender for the text of the bounce, which says what to mend.");
            case REJECTED ->
                isDangerous(facts)
                        ? Optional.of("Leave it refused; ask the security team if it was expected.")
                        : Optional.of(
                                "If it was expected, ask the mail administrators about the rule, then ask the sender to"
                                        + " send it again.");
            case DISCARDED ->
                isDangerous(facts)
                        ? Optional.of("Ask the sender for a safe copy.")
                        : Optional.of(
                                "If it was expected, ask the mail administrators about the rule, then ask the sender to"
                                        + " send it again.");
            case REDIRECTED ->
                facts.relatedAddresses()
                        ? Optional.of("Look for it under the other address.")
                        : Optional.of("Ask the mail administrators where the rule sends it.");
            default -> Optional.of("Ask the mail administrators to look at the message in Smart Search.");
        };
    }

    private static String quarantined(Facts facts) {
        return switch (facts.quarantine().orElse(QuarantineState.UNKNOWN)) {
            case PRESENT -> "Proofpoint holds it" + as(facts) + "; it has not reached the mailbox.";
            case GONE ->
                "Proofpoint held it" + as(facts)
                        + "; it is no longer in the quarantine folders that were searched: released, deleted, moved or expired.";
            case UNKNOWN -> "Proofpoint held it" + as(facts) + "; whether it is still held could not be checked.";
        };
    }

    private static String nextActionForHeld(Facts facts) {
        boolean gone = facts.quarantine().filter(QuarantineState.GONE::equals).isPresent();
        if (isDangerous(facts)) {
            return gone ? "Ask the security team what became of it." : "Do not release it; ask the security team.";
        }
        if (facts.reason().filter("dlp"::equals).isPresent()) {
            return "Ask the team that reviews data protection incidents.";
        }
        if (gone) {
            return "If it did not reach the mailbox, ask the sender to send it again.";
        }
        boolean checked =
                facts.quarantine().filter(QuarantineState.PRESENT::equals).isPresent();
        return facts.releaseUrl()
                .map(url -> (checked
                                ? "The recipient can release it at "
                                : "If it is still held, the recipient can release it at ")
                        + url + ".")
                .orElse("Ask the mail administrators whether it can be released.");
    }

    private static boolean isDangerous(Facts facts) {
        return facts.reason().filter(DANGEROUS::contains).isPresent();
    }

    private static String as(Facts facts) {
        return facts.reason()
                .map(reason -> " as " + JUDGEMENTS.getOrDefault(reason, reason))
                .or(() -> facts.rule().map(rule -> " by its rule " + rule))
                .orElse("");
    }

    /**
     * By which rule the filter acted, told after the sentence that says what it did and what it took the message for.
     *
     * @param reason the open word of the recipient's status; without one, that sentence has named the rule
     * @param rule the vendor's name of the rule
     * @param words what the site says of that rule, to be read after "because"
     * @return empty where the reason is not known and the site says nothing
     */
    public static Optional<String> appliedRule(Optional<String> reason, String rule, Optional<String> words) {
        if (reason.isEmpty()) {
            return words.map(text -> "The rule applied because " + text + ".");
        }
        return Optional.of("The rule " + rule + " applied"
                + words.map(text -> " because " + text).orElse("") + ".");
    }

    private static String because(Facts facts) {
        return facts.reason()
                .map(reason -> CAUSES.containsKey(reason)
                        ? " because " + CAUSES.get(reason)
                        : " because of its rule for " + JUDGEMENTS.getOrDefault(reason, reason))
                .orElse("");
    }

    private static String reply(Facts facts) {
        return facts.reply().map(reply -> " (" + reply + ")").orElse("");
    }

    /**
     * What a sentence may mention.
     *
     * @param reason the open word of the recipient's status
     * @param rule the vendor's rule, mentioned where its reason is not known
     * @param host the next host
     * @param reply that host's reply
     * @param relatedAddresses whether it is known where a redirected message went
     */
    public record Facts(
            Optional<String> reason,
            Optional<String> rule,
            Optional<String> host,
            Optional<String> reply,
            Optional<QuarantineState> quarantine,
            Optional<String> releaseUrl,
            boolean relatedAddresses) {
        /** Nothing but the status is known. */
        public static Facts none() {
            return new Facts(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false);
        }
    }

    // What happened, event by event.

    public static String received() {
        return "Proofpoint received it.";
    }

    public static String filtered() {
        return "Proofpoint's filters decided.";
    }

    public static String copyKept() {
        return "Proofpoint kept a copy in a folder; the message itself went on.";
    }

    public static String held() {
        return "Proofpoint put it into a quarantine folder.";
    }

    public static String handedOn() {
        return "Proofpoint handed it to the next server.";
    }

    public static String deferred() {
        return "Proofpoint could not hand it on and keeps trying.";
    }

    public static String failed() {
        return "Proofpoint gave up handing it on.";
    }

    public static String discarded() {
        return "Proofpoint dropped it.";
    }

    public static String rejected() {
        return "Proofpoint refused it.";
    }

    public static String refusedForNow() {
        return "Proofpoint refused it for now.";
    }

    public static String redirected() {
        return "A rule in Proofpoint redirected it.";
    }

    public static String notUnderstood() {
        return "Proofpoint wrote something that Mailtrace does not know.";
    }

    // Why the source did not look, or not everywhere.

    public static String unknownKindOfId() {
        return "Proofpoint does not know network message ids, which Exchange gives; ask by Message-ID, sender or recipient.";
    }

    public static String subjectWithoutWords() {
        return "Smart Search ignores short and frequent words, and this subject has no others; add a word of the subject,"
                + " or ask by sender or recipient.";
    }

    public static String outOfRetention(Duration retention) {
        return "Smart Search keeps " + retention.toDays()
                + " days; the older part of the window could not be searched.";
    }

    public static String windowOutOfRetention(Duration retention) {
        return "Smart Search keeps " + retention.toDays() + " days; the whole window is older and was not searched.";
    }

    public static String accountRefused() {
        return "Proofpoint refuses the service account (HTTP 401); an administrator must check"
                + " mailtrace.proofpoint.username and its password.";
    }

    public static String moduleRefused(String module, String permission) {
        return "The service account may not use " + module
                + " (HTTP 403); an administrator must add the managed module " + permission + " to its API role.";
    }

    public static String throttled(String module) {
        return "Proofpoint takes no more questions to " + module + " for the moment (HTTP 429).";
    }

    public static String pageInsteadOfData(String module) {
        return "Proofpoint answered a question to " + module
                + " with a web page instead of data; an administrator should check mailtrace.proofpoint.url and any"
                + " proxy in between.";
    }

    public static String redirected(String module) {
        return "Proofpoint sent a question to " + module
                + " to another address, which is not followed; an administrator should check"
                + " mailtrace.proofpoint.url.";
    }

    public static String errorStatus(String module, int status) {
        return "Proofpoint answered a question to " + module + " with an error (HTTP " + status + ").";
    }

    public static String unreachable(String module) {
        return "Proofpoint could not be reached for a question to " + module + ".";
    }

    public static String notTrusted(String module) {
        return "Proofpoint could not be asked for " + module
                + ": its TLS certificate is not trusted, expired, or for another host. Nothing was sent; an"
                + " administrator should check the certificate, mailtrace.proofpoint.url and"
                + " mailtrace.proofpoint.tls-configuration.";
    }

    public static String unknownHost(String module) {
        return "Proofpoint could not be asked for " + module
                + ": the host of mailtrace.proofpoint.url has no address; an administrator should check the name and"
                + " the DNS.";
    }

    public static String unreadable(String module) {
        return "Proofpoint's answer from " + module + " could not be read.";
    }

    public static String tooLong(String module, long bytes) {
        return "Proofpoint's answer from " + module + " is longer than " + bytes
                + " bytes and was not read; ask for a shorter time.";
    }

    public static String outOfTime() {
        return "Proofpoint did not answer everything in time; ask for a shorter time, or ask again.";
    }

    public static String tooManySlices() {
        return "There are more messages than can be read for one question; ask for a shorter time, or add a sender or a"
                + " recipient.";
    }

    public static String tooManyInOneSecond() {
        return "Some seconds hold more messages than Smart Search gives out; add a sender or a recipient.";
    }

    public static String folderNotReadWhole(String folder) {
        return "Not all of the quarantine folder " + folder + " could be read.";
    }

    public static String notAskedYet() {
        return "Not asked yet since the start.";
    }

    // Warnings: the answer stands, and this should be known.

    public static String subjectByStems() {
        return "Smart Search compares subjects by whole words and their stems: a message whose subject has the text only as"
                + " part of a word is not found this way, so finding none proves nothing. Add a sender or recipient for"
                + " an exact search.";
    }

    public static String nullSenderReadsEverything() {
        return "Smart Search cannot ask for the null sender; all messages of the window were read and filtered here.";
    }

    public static String nothingMoreThorough() {
        return "Proofpoint has no more thorough search than this one; advanced=true changed nothing.";
    }

    public static String noDate(long messages) {
        return count(messages) + " without a readable date; shown at the start of the window that was searched.";
    }

    public static String dateWithoutZone(long messages) {
        return count(messages) + " with a date that names no time zone; it was read as UTC.";
    }

    public static String noRecipients(long messages) {
        return count(messages)
                + " without a list of recipients; whether it was to the recipient asked for cannot be told, and it"
                + " is left out.";
    }

    public static String noTarget(long messages) {
        return count(messages)
                + " that a rule redirected, without a record of the address it went to; whether that is the recipient"
                + " asked for cannot be told, and it is left out.";
    }

    public static String subjectUnreadable(long messages) {
        return count(messages)
                + " with a subject that cannot be read; whether it has the text asked for cannot be told, and it is left"
                + " out.";
    }

    public static String noiseHidden(long messages) {
        return count(messages) + " of the cluster's own housekeeping left out; include=noise shows them.";
    }

    public static String cannotCheckQuarantine() {
        return "Some held messages carry no GUID, so their quarantine folder could not be checked.";
    }

    private static String count(long messages) {
        return messages == 1 ? "1 message" : messages + " messages";
    }

    // What an administrator would type into the console.

    public static String equivalent(Map<String, String> fields, Instant from, Instant to) {
        StringBuilder text = new StringBuilder("Smart Search:");
        fields.forEach((field, value) ->
                text.append(' ').append(field).append(" = ").append(value).append(';'));
        return text.append(" from ")
                .append(from)
                .append(" to ")
                .append(to)
                .append(" (UTC)")
                .toString();
    }
}
