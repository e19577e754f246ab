package org.mailtrace.standins.proofpoint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailtrace.standins.proofpoint.FilteredMessage.Verdict;
import org.mailtrace.standins.story.Deed;
import org.mailtrace.standins.story.Hop;
import org.mailtrace.standins.story.Story;

/** One way of a message through the filter; split into as many messages as its recipients have verdicts. */
final class FilterPass {
    private static final int GUID_BYTES = 24;

    private final Story story;
    private final Hop receipt;
    private final int number;
    private final List<Hop> hops = new ArrayList<>();
    /** Addresses the message goes on under, to the recipient it came for. */
    private final Map<String, String> originals = new HashMap<>();

    FilterPass(Story story, Hop receipt, int number) {
        this.story = story;
        this.receipt = receipt;
        this.number = number;
        receipt.recipients().forEach(r -> originals.put(r, r));
    }

    boolean concerns(Hop hop) {
        return hop.recipients().stream().anyMatch(originals::containsKey);
    }

    void add(Hop hop) {
        hops.add(hop);
        String original = originals.get(hop.recipients().getFirst());
        hop.successors().forEach(successor -> originals.putIfAbsent(successor, original));
    }

    List<FilteredMessage> messages() {
        Map<Verdict, List<String>> fates = new LinkedHashMap<>();
        receipt.recipients()
                .forEach(r -> fates.computeIfAbsent(verdict(r), v -> new ArrayList<>())
                        .add(r));
        List<FilteredMessage> messages = new ArrayList<>();
        fates.forEach((verdict, recipients) -> {
            boolean child = !messages.isEmpty();
            messages.add(new FilteredMessage(
                    story,
                    receipt.at(),
                    guid(messages.size()),
                    child ? guid(0) : "",
                    recipients,
                    verdict,
                    fromOurs(),
                    !verdict.folder().isEmpty() && hopsOf(recipients).stream().noneMatch(h -> h.deed() == Deed.RELEASE),
                    receipt.clientIp().orElse("127.0.0.1"),
                    lines(recipients)));
        });
        return messages;
    }

    /** Whether another of our own systems, or this one, handed it over; who was put off before comes again by himself. */
    private boolean fromOurs() {
        return story.hops().stream()
                .takeWhile(hop -> !hop.equals(receipt))
                .filter(hop -> hop.successors().stream().anyMatch(originals::containsKey))
                .reduce((earlier, later) -> later)
                .filter(before -> before.deed() != Deed.RETRY)
                .isPresent();
    }

    private Verdict verdict(String recipient) {
        Verdict verdict = new Verdict("continue", "spam", "notspam", "");
        for (Hop hop : hopsOf(List.of(recipient))) {
            verdict = switch (hop.deed()) {
                case QUARANTINE -> verdict("discard", hop, "spam", "inbound_bulk");
                case COPY -> verdict("continue", hop, "content", "audit");
                case DISCARD -> verdict("discard", hop, "av", "virus");
                case REJECT -> verdict("reject", hop, "access", "blocked");
                case RETRY -> verdict("retry", hop, "access", "greylist");
                case REDIRECT -> verdict("redirect", hop, "access", "redirect");
                case PASS ->
                    hop.rule().isPresent() && verdict.action().equals("continue")
                            ? new Verdict(
                                    "continue",
                                    hop.module().orElse("spam"),
                                    hop.rule().get(),
                                    verdict.folder())
                            : verdict;
                default -> verdict;
            };
        }
        return verdict;
    }

    private static Verdict verdict(String action, Hop hop, String module, String rule) {
        return new Verdict(
                action,
                hop.module().orElse(module),
                hop.rule().orElse(rule),
                hop.folder().orElse(""));
    }

    private List<DeliveryLine> lines(List<String> recipients) {
        return hopsOf(recipients).stream()
                .filter(hop -> switch (hop.deed()) {
                    case PASS, DEFER, BOUNCE -> true;
                    default -> hop.deed() == Deed.REDIRECT && hop.nextHop().isPresent();
                })
                .map(hop -> DeliveryLine.of(concerning(hop, recipients), receipt.at(), story.messageId()))
                .toList();
    }

    /** A split part's log names its own recipients only. */
    private Hop concerning(Hop hop, List<String> recipients) {
        List<String> own = hop.recipients().stream()
                .filter(r -> recipients.contains(originals.get(r)))
                .toList();
        return hop.concerning(own);
    }

    private List<Hop> hopsOf(List<String> recipients) {
        return hops.stream()
                .filter(hop -> hop.recipients().stream().anyMatch(r -> recipients.contains(originals.get(r))))
                .toList();
    }

    private String guid(int part) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((story.networkMessageId() + '/' + number + '/' + part).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, GUID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
