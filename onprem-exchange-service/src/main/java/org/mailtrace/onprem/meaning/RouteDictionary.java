package org.mailtrace.onprem.meaning;

import java.util.List;
import java.util.Optional;

/** Every sentence about who handed a message over, to whom it went, and which other message belongs to it. */
final class RouteDictionary {
    private RouteDictionary() {}

    /** What a RECEIVE row tells: from whom, and how that was decided. */
    static String received(Giver giver) {
        String through = giver.frontEnd()
                .map(host -> ", through the front end of " + host)
                .orElse("");
        return switch (giver.kind()) {
            case DEVICE ->
                "Received from " + phrase(giver) + through + ": its address lies in "
                        + giver.detail().orElse("") + " on the list of devices.";
            case CLIENT ->
                "Received from " + phrase(giver) + through + ": it came by the connector "
                        + giver.detail().orElse("") + ", which takes over from the port for mail programs.";
            case MAILBOX ->
                "Taken from the sender's mailbox by " + giver.who()
                        + giver.detail()
                                .map(type -> " (type of client: " + type + ")")
                                .orElse("") + ".";
            case INTERNET ->
                "Received from " + phrase(giver) + through
                        + ": a public address that belongs to none of the configured systems.";
            case OUR_SERVER -> "Received from " + phrase(giver) + ".";
            case SYSTEM_BY_ADDRESS ->
                "Received from " + phrase(giver) + through + ": the configuration gives this address to that system.";
            case SYSTEM_BY_NAME ->
                "Received from " + phrase(giver) + through + ": it named itself "
                        + giver.detail().orElse("") + ", which is a name of that system.";
            case INSIDE ->
                "Received from " + phrase(giver) + through
                        + ": it is not on the list of devices, so it is not known what kind of host it is.";
            case UNNAMED -> "Received by SMTP; the record does not tell from which address.";
            case NO_HOST -> noHost(giver);
        };
    }

    /** The host in a few words, for the middle of a sentence. */
    static String phrase(Giver giver) {
        String name = giver.name().map(text -> " (" + text + ")").orElse("");
        return switch (giver.kind()) {
            case DEVICE -> "the device " + giver.who() + name;
            case CLIENT -> "a mail program that logged in" + (giver.who().isEmpty() ? "" : " at " + giver.who());
            case MAILBOX -> "a mailbox on " + giver.who();
            case INTERNET -> giver.who() + " on the Internet";
            case OUR_SERVER -> giver.who() + ", one of our Exchange servers";
            case SYSTEM_BY_ADDRESS, SYSTEM_BY_NAME -> title(giver.name().orElse("")) + " (" + giver.who() + ")";
            case INSIDE -> "the inside address " + giver.who();
            case UNNAMED -> "a host that is not named";
            case NO_HOST -> giver.who() + " itself";
        };
    }

    private static String noHost(Giver giver) {
        String source = giver.detail().orElse("");
        return switch (source) {
            case "MAILBOXRULE" ->
                "Made by an inbox rule on " + giver.who()
                        + giver.name()
                                .map(id -> ", because of the message with the internal id " + id + " there")
                                .orElse("")
                        + ".";
            case "PICKUP" -> "Taken from the pickup directory of " + giver.who() + ".";
            default ->
                "Taken up on " + giver.who() + (source.isEmpty() ? "." : "; the record's source is " + source + ".");
        };
    }

    /** What a SEND or SENDEXTERNAL row tells. */
    static String sent(Taker taker, Optional<String> reply) {
        String host = taker.host().orElse("a host that is not named");
        return switch (taker.kind()) {
            case MAILBOX_DELIVERY -> "Handed to mailbox delivery on " + host + ".";
            case OUR_SERVER -> "Handed to " + host + ", one of our Exchange servers.";
            case INSIDE_UNNAMED -> "Handed on inside the organisation; the record does not name the host.";
            case EXCHANGE_ONLINE -> "Handed to Exchange Online (" + host + ")" + quoted(reply) + ".";
            case OTHER_SYSTEM ->
                "Handed to " + title(taker.system().orElse("")) + " (" + host + ")" + quoted(reply) + ".";
            case OUTSIDE -> "Handed to " + host + ", outside the configured systems" + quoted(reply) + ".";
        };
    }

    /** The word on a recipient that another system accepted. */
    static String accepted(Optional<Taker> taker, Optional<String> reply) {
        String answer = reply.map(text -> " (" + text + ")").orElse("");
        String host = taker.flatMap(Taker::host).orElse("a host that the record does not name");
        return switch (taker.map(Taker::kind).orElse(Taker.Kind.OUTSIDE)) {
            case EXCHANGE_ONLINE ->
                "Exchange handed the message to Exchange Online at " + host + ", which accepted it" + answer + ".";
            case OTHER_SYSTEM ->
                "Exchange handed the message to "
                        + title(taker.flatMap(Taker::system).orElse("")) + " at " + host + ", which accepted it"
                        + answer + ".";
            default -> "Exchange handed the message to " + host + ", which accepted it" + answer + ".";
        };
    }

    static String askTheTaker(Optional<Taker> taker) {
        return switch (taker.map(Taker::kind).orElse(Taker.Kind.OUTSIDE)) {
            case EXCHANGE_ONLINE -> "Look at what Exchange Online says of it.";
            case OTHER_SYSTEM ->
                "Look at what " + title(taker.flatMap(Taker::system).orElse("")) + " says of it.";
            default -> "Ask the administrator of that host and quote this reply.";
        };
    }

    /** The word on a recipient that one of our servers still has, or was given. */
    static String underWay(Optional<Taker> taker) {
        return taker.map(to -> switch (to.kind()) {
                    case MAILBOX_DELIVERY ->
                        "Exchange gave the message to mailbox delivery on "
                                + to.host().orElse("") + "; no record of what came then was found.";
                    case OUR_SERVER ->
                        "Exchange gave the message to its server " + to.host().orElse("")
                                + "; no record of what came then was found.";
                    default ->
                        "Exchange gave the message to another of its servers; no record of what came then was found.";
                })
                .orElse("Exchange has the message and has not finished with this recipient.");
    }

    /**
     * Where it came from and which servers saw it.
     *
     * @param servers in the order of custody
     */
    static Optional<String> way(Optional<Giver> giver, List<String> servers) {
        String seen = servers.isEmpty() ? "" : "seen on " + String.join(", then on ", servers);
        return giver.map(host -> "It came from " + phrase(host) + (seen.isEmpty() ? "." : "; " + seen + "."))
                .or(() -> seen.isEmpty() ? Optional.empty() : Optional.of("It was " + seen + "."));
    }

    static String copyOf(String internalId) {
        return "it was made from the one with the internal id " + internalId;
    }

    static String reportIs(String id) {
        return "A delivery report about this message: " + id + ".";
    }

    static String originalIs(String id) {
        return "This is a delivery report about " + id + ".";
    }

    static String madeOf(String id, boolean byRule) {
        return byRule
                ? "An inbox rule made this message because of " + id + "."
                : "This message belongs to " + id + ", for example as its journal copy or by a rule.";
    }

    static String madeOfThis(String id, boolean byRule) {
        return byRule
                ? "An inbox rule made another message because of this one: " + id + "."
                : "Another message belongs to this one, for example as its journal copy or by a rule: " + id + ".";
    }

    private static String quoted(Optional<String> reply) {
        return reply.map(text -> "; it answered " + text).orElse("");
    }

    /** The name of a source as a reader knows it; others stay as the configuration writes them. */
    private static String title(String system) {
        return switch (system) {
            case KnownHop.EXCHANGE_ONLINE -> "Exchange Online";
            case "proofpoint" -> "Proofpoint";
            default -> system;
        };
    }
}
