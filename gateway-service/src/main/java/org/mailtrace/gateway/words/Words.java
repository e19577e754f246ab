package org.mailtrace.gateway.words;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.Outcome;
import org.mailtrace.contract.QuarantineState;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.contract.RelatedMessage.Relation;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.ask.Look;
import org.mailtrace.gateway.join.Word;
import org.mailtrace.gateway.settings.GatewaySettings;

/**
 * The sentences about one recipient. Each says what is proven and nothing more; where the source that saw it explains
 * better, its own next action is handed on.
 */
@ApplicationScoped
public class Words {
    /** A reason is an open word; these read better in full. */
    private static final Map<String, String> HELD_AS = Map.of(
            "bulk", "bulk mail",
            "phish", "phishing",
            "virus", "malware",
            "impostor", "a message from an impostor",
            "adult", "adult content",
            "dlp", "a message with protected data");

    /** The reason of what was handed over as a notification, while the message itself stays in the sender's portal. */
    private static final String SECURE_MESSAGE = "secure-message";

    private static final Duration A_MOMENT = Duration.ofMinutes(2);

    private final Times times;
    private final Clock clock;

    public Words(GatewaySettings settings, Clock clock) {
        this.times = new Times(settings.zone());
        this.clock = clock;
    }

    public Said inMailbox(String source, Word word, Outcome outcome) {
        return switch (outcome) {
            case REMOVED ->
                Said.of(
                        "It was delivered and then taken back; the last record of " + source + " is from "
                                + times.say(word.at(), clock.instant()) + ".",
                        "Ask the sender whether they recalled it.");
            case JUNKED ->
                Said.of(
                        source + " put it into the Junk Email folder of the mailbox " + at(word) + ".",
                        "Mark it as not junk to move it to the inbox.");
            default ->
                Said.of(
                        source + " put it into the mailbox " + at(word) + folder(word) + ".",
                        "If it is not in the inbox, search all folders, Junk Email and Deleted Items included, and check"
                                + " the mailbox's rules. What was removed later does not show here.");
        };
    }

    private static String folder(Word word) {
        return word.sighting().observation().detailsFetched() ? "" : "; which folder was not checked";
    }

    /**
     * A quarantine has or had it.
     *
     * @param inNoMailbox up to when nobody shows it in a mailbox; empty if somebody with mailboxes did not look
     */
    public Said held(String source, Word word, QuarantineState state, Optional<Instant> inNoMailbox) {
        String as = word.recipient()
                .reason()
                .map(reason -> " as " + HELD_AS.getOrDefault(reason, reason))
                .orElse("");
        return switch (state) {
            case PRESENT ->
                new Said(
                        source + " holds it" + as + "; "
                                + inNoMailbox
                                        .map(until -> notInMailbox(word, until))
                                        .orElse("whether a copy reached the mailbox was not checked."),
                        word.recipient()
                                .nextAction()
                                .or(() -> Optional.of(
                                        "If it is wanted, ask the administrator of " + source + " to release it.")));
            case UNKNOWN ->
                new Said(
                        source + " put it into quarantine" + as + " " + at(word)
                                + "; whether it is still there could not be checked.",
                        word.recipient()
                                .nextAction()
                                .or(() -> Optional.of("Look into the quarantine of " + source + ".")));
            case GONE ->
                Said.of(
                        source + " put it into quarantine" + as + " " + at(word)
                                + "; it is no longer there, and "
                                + inNoMailbox
                                        .map(until -> notDeliveredLater(word, until))
                                        .orElse("whether it was delivered later could not be checked.")
                                + " It was released, it expired, or it was deleted.",
                        "Ask the recipient whether they released it, and look for it in the mailbox.");
        };
    }

    private String notInMailbox(Word word, Instant until) {
        if (until.isBefore(word.at())) {
            return "whether a copy reached the mailbox does not show yet.";
        }
        return (isNow(until) ? "" : "up to " + time(until) + " ") + "it has not reached the mailbox.";
    }

    private String notDeliveredLater(Word word, Instant until) {
        if (until.isBefore(word.at())) {
            return "whether it was delivered later does not show yet.";
        }
        return "no later delivery was seen" + (isNow(until) ? "." : " up to " + time(until) + ".");
    }

    /** Answers take a moment. */
    private boolean isNow(Instant until) {
        return !until.isBefore(clock.instant().minus(A_MOMENT));
    }

    public Said ended(String source, Word word) {
        String why =
                word.recipient().reason().map(reason -> " (" + reason + ")").orElse("");
        String sentence = switch (word.status()) {
            case REJECTED -> source + " refused it " + at(word) + why + "; it was not delivered.";
            case SPAM_FILTERED ->
                source + " blocked it as spam " + at(word) + "; it is not in quarantine and cannot be released.";
            case DISCARDED ->
                source + " dropped it " + at(word) + why + "; nobody was told, and it cannot be recovered.";
            default ->
                source + " gave up on it " + at(word) + ". " + word.recipient().explanation();
        };
        return new Said(sentence, word.recipient().nextAction().or(() -> Optional.of(afterTheEnd(word.status()))));
    }

    private static String afterTheEnd(RecipientStatus status) {
        return switch (status) {
            case REJECTED -> "The sender should have received a bounce; ask them for its text.";
            case DISCARDED -> "Ask the sender for a safe copy, sent another way.";
            case SPAM_FILTERED -> "Ask the sender to send it again after the administrator has allowed them.";
            default -> "Correct what the failure names, then send it again.";
        };
    }

    public Said resolvedToNowhere(String source) {
        return Said.of(
                source + " sent it on under another address of the same mailbox, but did not record which.",
                "Open the message in " + source + " and search for the address that it shows.");
    }

    /**
     * How many of those that a message went on to have it.
     *
     * @param open of how many that is not known, or not yet
     */
    public record Arrivals(int all, long delivered, long open) {}

    public Said toAGroup(String source, Arrivals arrivals) {
        String sentence = arrivals.all() == 0
                ? "The address is a group; " + source + " expanded it, but its members are not recorded."
                : "The address is a group; " + source + " sent it on to its " + count(arrivals.all(), "member")
                        + ", and " + arrived(arrivals) + ".";
        return Said.of(sentence, "Ask for the member who misses it by that person's own address.");
    }

    public Said toAnotherPerson(String source, Word word, List<String> others, Arrivals arrivals) {
        String to = others.isEmpty() ? "an address that is not recorded" : String.join(", ", others);
        String fate = others.isEmpty() ? "" : "; " + arrived(arrivals);
        return Said.of(
                source + " redirected it " + at(word) + " to " + to + fate + ".",
                "If that is not wanted, check the forwarding of the mailbox and the transport rules.");
    }

    /** The address is a contact's: whoever reads it has the mailbox elsewhere. */
    public Said toAContact(String source, Word word, String contact, Said fate) {
        return new Said(
                source + " sent it on " + at(word) + " to " + contact
                        + ", the address elsewhere that stands behind this one. " + fate.sentence(),
                fate.nextAction());
    }

    /** Who tries a next host says what that answered; of anything else the source itself knows best what is waited for. */
    public Said stillTrying(String source, Word word, Instant since) {
        String again =
                "Do not send it again; look once more " + moment(clock.instant().plus(Duration.ofHours(1))) + ".";
        return isTryingAHost(word)
                ? Said.of(isTrying(source, word, since), again)
                : new Said(
                        isWaiting(source, word, since),
                        word.recipient().nextAction().or(() -> Optional.of(again)));
    }

    /** Without a next host it may have been put off at the door, where the sender's server is the one that tries again. */
    private static boolean isTryingAHost(Word word) {
        return word.status() == RecipientStatus.DEFERRED
                && word.recipient().nextHop().isPresent();
    }

    private String isTrying(String source, Word word, Instant since) {
        String trying = source + " has been trying since " + time(since);
        return word.recipient()
                .nextHop()
                .flatMap(NextHop::reply)
                .map(reply -> ended(trying + ": " + reply))
                .orElseGet(() -> trying + ". " + ended(word.recipient().explanation()));
    }

    private String isWaiting(String source, Word word, Instant since) {
        String has = word.status() == RecipientStatus.DEFERRED
                ? source + " put it off " + at(word)
                : source + " got it " + moment(since);
        return has + ". " + ended(word.recipient().explanation());
    }

    /** A reply that is quoted at the end may bring its own full stop. */
    private static String ended(String sentence) {
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }

    public Said triedTooLong(String source, Word word, Instant since, Duration life) {
        String sentence = isTryingAHost(word)
                ? source + " was still trying when it was last seen; it came " + moment(since)
                        + ", longer ago than the " + Times.say(life) + " that " + source
                        + " keeps trying, and no end is recorded."
                : isWaiting(source, word, since) + " That was longer ago than " + Times.say(life)
                        + ", and no end is recorded.";
        return Said.of(
                sentence, "Ask the sender whether a non-delivery report came, and open the message in " + source + ".");
    }

    public Said handedOutside(String source, Word word, NextHop next) {
        String secure = word.recipient()
                .reason()
                .filter(SECURE_MESSAGE::equals)
                .map(reason ->
                        " It went as a secure message: the recipient got a notification and reads it in the portal"
                                + " of " + source + ".")
                .orElse("");
        return Said.of(
                handed(source, word, next) + secure
                        + " What happened after that only the administrator of that host can see.",
                "Quote this line to them, with the Message-ID.");
    }

    /** It went to a system of ours whose source is switched off, so nothing that happens there is ever shown here. */
    public Said handedToUntraced(String source, String system, Word word, NextHop next) {
        return Said.of(
                handed(source, word, next) + " That host belongs to " + system
                        + ", which is not searched here, so what happened after that is not known.",
                "Search for it in " + system + " itself, with the Message-ID.");
    }

    private String handed(String source, Word word, NextHop next) {
        return next.reply()
                .map(reply -> next.host() + " accepted it " + at(word) + " (" + reply + ").")
                .orElseGet(() -> source + " handed it to " + next.host() + " " + at(word) + ".");
    }

    public Said nextHopDidNotLook(String from, String to, Word word, Look look) {
        if (look.state() == SourceState.NOT_ASKED) {
            return leftOut(from, to, word);
        }
        String why = look.explanation().map(text -> " " + text).orElse("");
        // The list of sources shows how the caller's own question was answered; this must not seem to deny it.
        String how = look.ownAnswered()
                ? " answered your question, but not the further one about what came after it, so what happened there is not known."
                : " could not be searched, so what happened there is not known.";
        return Said.of(
                from + " handed it to " + to + " " + at(word) + (look.ownAnswered() ? ". " : ", but ") + to + how + why,
                look.state().passesByItself()
                        ? "Ask again in a few minutes."
                        : "Search for it in " + to + " itself, or tell an administrator what " + to + " answered.");
    }

    /** The next system is not to blame: the caller asked only others. */
    private Said leftOut(String from, String to, Word word) {
        return Said.of(
                from + " handed it to " + to + " " + at(word) + "; " + to
                        + " was left out of your question, so what happened there is not known.",
                "Ask again without choosing sources, or with " + to + " among them.");
    }

    /** The next system is not to blame: the further question was never put to it. */
    public Said nextHopNotAsked(String from, String to, Word word, Optional<String> messageId) {
        return Said.of(
                from + " handed it to " + to + " " + at(word) + "; " + to
                        + " was not asked further about it, because there"
                        + " was too much to follow at once, so what happened there is not known.",
                "Look this message up by itself"
                        + messageId
                                .map(id -> ", or ask for this recipient together with the Message-ID " + id)
                                .orElse("")
                        + ".");
    }

    /** What strangers write as an id or address may be more than any question takes. */
    public Said nextHopNotAskable(String from, String to, Word word) {
        return Said.of(
                from + " handed it to " + to + " " + at(word) + "; " + to
                        + " cannot be asked about it, because its Message-ID"
                        + " or the recipient's address is written as no question can hold it, so what happened there is not"
                        + " known.",
                "Look in " + to + " itself for messages of that sender and subject at that time.");
    }

    public Said takenUpInPart(String from, String to, Word word) {
        return Said.of(
                from + " handed it to " + to + " " + at(word) + "; " + to + " knows the message, but does not list"
                        + " what became of it for this recipient.",
                "Open the message in " + to + " and look for the recipient there.");
    }

    public Said notTellable(String from, String to, Word word) {
        return Said.of(
                from + " handed it to " + to + " " + at(word) + "; it carries no Message-ID in " + from
                        + ", and which of the" + " messages that " + to
                        + " shows for this recipient it is cannot be told.",
                "Look in " + to + " for messages of the same sender and subject at that time.");
    }

    public Said otherWithSameId(String from, String to, Word word) {
        return Said.of(
                from + " handed it to " + to + " " + at(word) + "; " + to + " shows a message with the same Message-ID"
                        + " for this recipient, and whether it is this one cannot be told.",
                "Ask by the Message-ID and compare the times of all that are found, or look in " + to
                        + " for all messages with that Message-ID.");
    }

    /**
     * Of a message that nobody handed over, while another of its Message-ID was handed over and is not shown.
     *
     * @param handed whether the next system took that, or is still said to be tried
     */
    public String maybePartOfAnother(String from, String to, boolean handed) {
        return "It may be part of another message with the same Message-ID, which " + from
                + (handed ? " handed to " : " tried to hand to ") + to
                + " for the same recipient; whether it is cannot be told.";
    }

    public Said notVisibleYet(
            String from, String to, Word word, Instant visibleFrom, Optional<Instant> provenUntil, Duration settling) {
        Instant again = visibleFrom.isAfter(clock.instant()) ? visibleFrom : clock.instant();
        return Said.of(
                from + " handed it to " + to + " " + at(word) + "; " + to + " does not show it yet"
                        + (clock.instant().isBefore(visibleFrom)
                                ? ", which is normal so soon."
                                : ", but its records reach only up to "
                                        + provenUntil
                                                .map(proven -> times.say(proven, clock.instant()))
                                                .orElse("a time that it does not tell")
                                        + "."),
                "Do not send it again; look once more " + moment(again.plus(settling)) + ".");
    }

    public Said handOverNotConfirmed(String from, String to, Word word) {
        return Said.of(
                from + " passed it towards " + to + " " + at(word) + ", but did not record that it was accepted, and "
                        + to + " shows nothing.",
                "Open the message in " + from + " and look for the reply of " + to + ".");
    }

    public Said missing(
            String from,
            String to,
            Word word,
            Optional<Instant> until,
            boolean rowsMayStillCome,
            Optional<String> messageId) {
        return Said.of(
                from + " handed it to " + to + " " + at(word) + ", and " + to + " shows nothing"
                        + until.map(instant -> " up to " + time(instant)).orElse("") + "."
                        + (rowsMayStillCome ? " In rare cases its record still arrives within a day." : ""),
                "Escalate it to the administrator of " + to
                        + messageId.map(id -> " with the Message-ID " + id).orElse("")
                        + " and the reply of the hand-over.");
    }

    public Said passedOnToUnknown(String source, Word word) {
        return new Said(
                source + " let it pass " + at(word) + ", but no record shows to whom it was handed, and no other"
                        + " source that was searched shows it.",
                word.recipient().nextAction().or(() -> Optional.of("Ask again later, or open it in " + source + ".")));
    }

    public Said unknownWord(String source, Word word) {
        String raw =
                word.recipient().rawStatus().map(text -> " \"" + text + "\"").orElse("");
        return Said.of(
                source + " reports a status" + raw + " that does not tell where the message is.",
                "Open the message in " + source + ".");
    }

    public Said noSourceListsIt() {
        return Said.of(
                "No source lists what became of the message for this recipient.",
                "Ask by the Message-ID, and check whether the recipient was really among those addressed.");
    }

    /**
     * The clocks of two systems differ.
     *
     * @param by at least so much
     */
    public String clocksDiffer(String giver, String taker, Duration by) {
        return "By their own clocks, " + taker + " had the message " + Times.atLeast(by) + " before " + giver
                + ", which handed it over; so the clocks of the two differ by at least that much. The order shown is that"
                + " of the hand-overs.";
    }

    /** Nothing but likeness joined a part of the message. */
    public String probablyOne() {
        return "That the records shown here are of one message is probable, not proven: no id joins all of them; they have"
                + " the sender, the recipient and the subject in common, and their times fit.";
    }

    /** What another message is to this one, where only the other's record says so. */
    public String related(Relation relation) {
        return switch (relation) {
            case ORIGINAL -> "This message reports on that one or was made from it.";
            case DELIVERY_REPORT -> "A delivery report about this message.";
            case DERIVED -> "A report on this message, a copy of it, or one that a rule made from it.";
        };
    }

    /** Nobody is said to miss it while somebody's fate is open. */
    private static String arrived(Arrivals arrivals) {
        boolean one = arrivals.all() == 1;
        if (arrivals.delivered() == arrivals.all()) {
            return "the sources show it delivered to " + (one ? "that address" : "all of them");
        }
        if (arrivals.delivered() > 0) {
            return "the sources show it delivered to " + arrivals.delivered() + " of them"
                    + (arrivals.open() > 0 ? "; of the others not everything is known" : "");
        }
        if (arrivals.open() > 0) {
            return one
                    ? "whether it arrived there cannot be told from here"
                    : "whether it reached any of them cannot be told from here";
        }
        return one ? "it was not delivered there" : "it was delivered to none of them";
    }

    /** Such as "at 09:14", or "on 9 November at 09:14". */
    private String at(Word word) {
        return moment(word.at());
    }

    private String moment(Instant instant) {
        return times.moment(instant, clock.instant());
    }

    private String time(Instant instant) {
        return times.say(instant, clock.instant());
    }

    /**
     * That there may be recipients beyond those shown.
     *
     * @param all whether all that are known are listed already
     */
    public String recipientsPartial(boolean all) {
        return "The message may have further recipients"
                + (all ? " that no source has listed." : "; ask with include=recipients to list all that are known.");
    }

    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
