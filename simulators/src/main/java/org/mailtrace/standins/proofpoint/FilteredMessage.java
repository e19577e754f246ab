package org.mailtrace.standins.proofpoint;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.mailtrace.standins.story.Deed;
import org.mailtrace.standins.story.Hop;
import org.mailtrace.standins.story.MailSystem;
import org.mailtrace.standins.story.Story;

/**
 * One row of Smart Search: a message, or the part of it that was split off because its recipients met another fate.
 *
 * @param receivedAt when the filter received it
 * @param parentGuid the message that this was split from; empty for an undivided message and for its first part
 * @param fromOurs whether another of our own systems handed it over
 * @param held whether the quarantine holds it (or a copy) still
 * @param lines the MTA's delivery lines, oldest first
 */
record FilteredMessage(
        Story story,
        Instant receivedAt,
        String guid,
        String parentGuid,
        List<String> recipients,
        Verdict verdict,
        boolean fromOurs,
        boolean held,
        String clientIp,
        List<DeliveryLine> lines) {

    /** What the filter decided. */
    record Verdict(String action, String module, String rule, String folder) {}

    FilteredMessage {
        recipients = List.copyOf(recipients);
        lines = List.copyOf(lines);
    }

    /** The policy routes of mail that comes in, or of mail that our own systems send out. */
    String policyRoutes() {
        return fromOurs ? "allow_relay,firewallsafe,internalnet,outbound" : "default_inbound,firewallsafe";
    }

    /** Columns that the story itself gives for this part and this pass; a later hop's word wins. */
    Map<String, String> raw() {
        Map<String, String> raw = new TreeMap<>();
        boolean thisPass = false;
        for (Hop hop : story.hopsOf(MailSystem.PROOFPOINT).toList()) {
            if (hop.deed() == Deed.RECEIVE) {
                thisPass = hop.at().equals(receivedAt);
            }
            if (thisPass && hop.recipients().stream().anyMatch(recipients::contains)) {
                raw.putAll(hop.raw());
            }
        }
        return raw;
    }

    /** The Message-ID that this pass carried; empty if the sender gave none. */
    String messageId() {
        return raw().getOrDefault("Message_ID", story.messageId());
    }

    /** The envelope sender of this pass, empty for the null sender: a system before may have rewritten it. */
    String sender() {
        return raw().getOrDefault("Sender", story.from().equals(Story.NULL_SENDER) ? "" : story.from());
    }

    /** What the filter finally did, in its own word. */
    String finalAction() {
        return raw().getOrDefault("Final_Action", verdict.action());
    }

    /** The MTA's queue id, and for what never reached its queue the session's. */
    String qid() {
        boolean queued = !lines.isEmpty();
        return queued ? "4" + guid.replaceAll("[^A-Za-z0-9]", "0").substring(0, 13) : sid() + "-1";
    }

    String sid() {
        return "3" + guid.replaceAll("[^A-Za-z0-9]", "x").substring(13, 22).toLowerCase(Locale.ROOT);
    }

    /** {@code folder_id:table_id:dbase_id}. */
    String localGuid() {
        int hash = Math.floorMod(guid.hashCode(), 90_000);
        return "6:" + (hash % 9 + 1) + ":" + hash;
    }
}
