package org.mailtrace.gateway.conclude;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.gateway.answer.Trace.Notice;
import org.mailtrace.gateway.ask.Inquiry;
import org.mailtrace.gateway.join.Joiner;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.join.NextHops;
import org.mailtrace.gateway.join.Sighting;
import org.mailtrace.gateway.join.Word;
import org.mailtrace.gateway.settings.GatewaySettings;
import org.mailtrace.gateway.words.Words;

/** What is worth knowing about a message although it changes no outcome. */
@ApplicationScoped
public class Notices {
    private static final Set<RecipientStatus> MAILBOX = Set.of(RecipientStatus.DELIVERED, RecipientStatus.JUNKED);

    private final Map<String, GatewaySettings.Source> sources;
    private final Origins origins;
    private final Clocks clocks;
    private final LooseEnds looseEnds;
    private final Words words;
    private final Clock clock;

    Notices(GatewaySettings settings, Origins origins, NextHops hops, Words words, Clock clock) {
        this.clocks = new Clocks(hops);
        this.looseEnds = new LooseEnds(hops, new Joiner(settings.sameMessageWithin(), hops));
        this.words = words;
        this.clock = clock;
        this.sources = settings.sources();
        this.origins = origins;
    }

    /**
     * The notices of one message.
     *
     * @param all whether all recipients that are known were asked for
     */
    public List<Notice> of(Message message, Direction direction, Inquiry inquiry, boolean all) {
        List<Notice> notices = new ArrayList<>();
        if (message.isProbable()) {
            notices.add(new Notice("PROBABLE_JOIN", words.probablyOne()));
        }
        looseEnds
                .of(message, inquiry)
                .ifPresent(end -> notices.add(new Notice(
                        Notice.MAYBE_PART_OF_ANOTHER,
                        words.maybePartOfAnother(title(end.giver()), title(end.taker()), end.handed()))));
        bypassed(message, direction, inquiry, notices);
        if (message.first(Observation::sender).filter("<>"::equals).isPresent()) {
            notices.add(new Notice(
                    "NULL_SENDER",
                    "It has the null sender, as bounces and automatic replies do. A bounce of a message that nobody here"
                            + " sent is backscatter of a forged sender."));
        }
        headerFrom(message).ifPresent(notices::add);
        clocksDiffer(message, inquiry)
                .forEach(gap -> notices.add(new Notice(
                        "CLOCKS_DIFFER", words.clocksDiffer(title(gap.giver()), title(gap.taker()), gap.by()))));
        released(message).ifPresent(notices::add);
        message.recipients().forEach(address -> twoMailboxes(message, address).ifPresent(notices::add));
        if (message.sightings().stream().anyMatch(s -> !s.observation().recipientsComplete())) {
            notices.add(new Notice("RECIPIENTS_PARTIAL", words.recipientsPartial(all)));
        }
        return notices;
    }

    private void bypassed(Message message, Direction direction, Inquiry inquiry, List<Notice> notices) {
        Optional<Sighting> origin = origins.originOf(message);
        // A source that did not look may have been the one that handed it over.
        boolean everybodyLooked = sources.keySet().stream()
                .allMatch(name -> inquiry.answerOf(name).state().looked());
        if (direction != Direction.INBOUND || origin.isEmpty() || !everybodyLooked) {
            return;
        }
        sources.forEach((name, source) -> source.bypassNotice()
                .filter(code -> !seenByAnyOf(code, message))
                .filter(code -> searchedForIt(name, message, inquiry))
                .ifPresent(code -> notices.add(new Notice(
                        code,
                        "It came from outside to "
                                + sources.get(origin.get().source()).title() + " without passing " + source.title()
                                + ", which looked and has no"
                                + " record of it."))));
    }

    /** An organisation may have several doors of one kind: whoever came through one of them bypassed none. */
    private boolean seenByAnyOf(String code, Message message) {
        return sources.entrySet().stream()
                .filter(source ->
                        source.getValue().bypassNotice().filter(code::equals).isPresent())
                .anyMatch(source -> message.seenBy(source.getKey()));
    }

    /** A search by recipient shows nothing of a message that was still addressed to a group there. */
    private boolean searchedForIt(String source, Message message, Inquiry inquiry) {
        return message.first(Observation::messageId)
                .flatMap(MailId::messageId)
                .filter(id -> inquiry.lookedById(
                        source, id, message.firstSeen().minus(Case.BEFORE_HAND_OVER), clock.instant()))
                .isPresent();
    }

    private static Optional<Notice> headerFrom(Message message) {
        Optional<String> sender = message.first(Observation::sender).filter(address -> address.contains("@"));
        Optional<String> header = message.first(Observation::headerFrom).map(Notices::bareAddress);
        return header.filter(from ->
                        sender.filter(envelope -> !sameDomain(envelope, from)).isPresent())
                .map(from -> new Notice(
                        "HEADER_FROM_DIFFERS",
                        "The recipient sees " + from + " as the sender; the envelope sender is " + sender.get() + "."));
    }

    private static boolean sameDomain(String one, String other) {
        return AddressPattern.domainOf(one).equals(AddressPattern.domainOf(other));
    }

    private static String bareAddress(String headerFrom) {
        int open = headerFrom.lastIndexOf('<');
        int close = headerFrom.indexOf('>', Math.max(open, 0));
        String bare = open >= 0 && close > open ? headerFrom.substring(open + 1, close) : headerFrom;
        return bare.strip().toLowerCase(Locale.ROOT);
    }

    /** A source that did not look may have handed it over first, and so may another message with the same Message-ID. */
    private List<Clocks.Gap> clocksDiffer(Message message, Inquiry inquiry) {
        boolean everybodyLooked = sources.keySet().stream()
                .allMatch(name -> inquiry.answerOf(name).state().looked());
        List<Clocks.Gap> gaps = everybodyLooked ? clocks.gapsIn(message) : List.of();
        if (gaps.isEmpty()) {
            return List.of();
        }
        boolean alone =
                message.first(Observation::messageId).flatMap(MailId::messageId).isPresent()
                        && LooseEnds.namesakes(message, inquiry).isEmpty();
        return alone ? gaps : List.of();
    }

    private String title(String source) {
        return sources.get(source).title();
    }

    private Optional<Notice> released(Message message) {
        return message.sightings().stream()
                .filter(s -> s.observation().events().stream().anyMatch(e -> e.type() == EventType.RELEASE))
                .findFirst()
                .map(s -> new Notice(
                        "RELEASED", sources.get(s.source()).title() + " held it and recorded that it was released."));
    }

    private Optional<Notice> twoMailboxes(Message message, String address) {
        Set<String> holders = message.wordsOn(address).stream()
                .filter(word -> MAILBOX.contains(word.status()))
                .map(Word::source)
                .map(name -> sources.get(name).title())
                .collect(Collectors.toCollection(TreeSet::new));
        return holders.size() < 2
                ? Optional.empty()
                : Optional.of(new Notice(
                        "TWO_MAILBOXES",
                        "Both " + String.join(" and ", holders) + " delivered it to a mailbox of " + address
                                + "; the recipient may be looking into the other one.",
                        Optional.of(address)));
    }
}
