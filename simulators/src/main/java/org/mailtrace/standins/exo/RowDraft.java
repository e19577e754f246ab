package org.mailtrace.standins.exo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.standins.exo.TraceRow.Detail;
import org.mailtrace.standins.story.Hop;
import org.mailtrace.standins.story.HostAddress;
import org.mailtrace.standins.story.Story;

/**
 * A row while its story's hops are applied. The words are those of Microsoft's pages and of public measurements where
 * there are any (delivery to a folder, transfer, submission); texts of the other details are synthetic.
 */
final class RowDraft {
    private static final String SERVER = "DB9PR04MB8200.eurprd04.prod.outlook.com";
    private static final int SUBSECONDS = 900;

    private final Story story;
    private final String id;
    private final String recipient;
    private final Instant received;
    private final String fromIp;
    private final List<Detail> details = new ArrayList<>();
    private String toIp = "";
    private String status = "gettingStatus";
    private Optional<String> continuesAs = Optional.empty();

    RowDraft(Story story, String recipient, Hop first) {
        this.story = story;
        // A transaction with a host whose headers are not trusted makes an id of its own.
        this.id = first.raw().getOrDefault("network-message-id", story.networkMessageId());
        this.recipient = recipient;
        this.received = first.at().plusMillis(Math.floorMod(story.id().hashCode(), SUBSECONDS));
        this.fromIp = first.clientIp().orElse("");
    }

    /** A row for an address that another row's recipient became. */
    RowDraft(Story story, String recipient, RowDraft origin) {
        this.story = story;
        this.id = origin.id;
        this.recipient = recipient;
        this.received = origin.received;
        this.fromIp = origin.fromIp;
    }

    void apply(Hop hop) {
        switch (hop.deed()) {
            case RECEIVE -> receive(hop);
            case RESOLVE -> {
                continuesAs = hop.resolvedTo();
                String target = continuesAs.orElse(recipient);
                readdressed(hop, "Resolved", "The recipient was resolved to " + target + ".", target);
            }
            case REDIRECT -> {
                continuesAs = hop.resolvedTo();
                String target = continuesAs.orElse(recipient);
                readdressed(hop, "Redirect", "The message was redirected to " + target + ".", target);
            }
            case EXPAND -> {
                status = "expanded";
                String members = String.join(";", hop.members());
                detail(hop, hop.members(), "Expand", "The distribution group was expanded.", "Members", members);
            }
            case DELIVER -> delivered(hop, "The message was successfully delivered.", "Inbox");
            case JUNK -> {
                spam(hop);
                delivered(
                        hop,
                        "The message was successfully delivered to the folder: DefaultFolderType:JunkEmail",
                        "JunkEmail");
            }
            case QUARANTINE -> {
                spam(hop);
                status = "quarantined";
                detail(hop, "Quarantine", "The message was sent to quarantine.", "QuarantineReason", "Spam");
            }
            case FILTERED_AS_SPAM -> {
                spam(hop);
                status = "filteredAsSpam";
                detail(
                        hop,
                        "Drop",
                        "The message was blocked as spam.",
                        "Verdict",
                        hop.code().orElse("SPM"));
            }
            case TRANSFER -> {
                status = "pending";
                detail(hop, "Transfer", "The message was transferred to a forked message.", "ServerHostName", SERVER);
            }
            case DROP -> {
                status = "failed";
                String rule = hop.rule().orElse("");
                detail(hop, "Transport rule", "Transport rule: '" + rule + "', ID: ()", "RuleName", rule);
                detail(hop, "Drop", "The message was deleted without a notification.", "RuleName", rule);
            }
            case DEFER -> failing(hop, "pending", "Defer");
            case FAIL -> failing(hop, "failed", "Fail");
            default -> sent(hop);
        }
        status = hop.raw().getOrDefault("status", status);
    }

    TraceRow row(Map<String, RowDraft> all) {
        String shown = continuesAs.map(all::get).map(next -> next.status).orElse(status);
        return new TraceRow(story, id, recipient, received, shown, fromIp, toIp, details);
    }

    private void receive(Hop hop) {
        status = "gettingStatus";
        if (hop.clientIp().isEmpty()) {
            detail(hop, "Submit", "The message was submitted.", "ClientType", "OWA");
        }
        detail(hop, "Receive", "Message received by: " + SERVER, "ServerHostName", SERVER);
    }

    private void delivered(Hop hop, String text, String folder) {
        status = "delivered";
        detail(hop, "Deliver", text, "DeliveryFolder", folder);
    }

    private void spam(Hop hop) {
        detail(hop, "Spam", "Spam confidence level: 6", "SFV", "SPM");
    }

    private void sent(Hop hop) {
        String host = hop.nextHop().orElse("");
        toIp = HostAddress.of(host);
        status = "delivered";
        String reply = hop.reply().orElse("250 2.6.0 " + story.messageId() + " Queued mail for delivery");
        detail(
                hop,
                "Send",
                "Message transferred to: " + host,
                "ServerHostName",
                host,
                "SourceContext",
                reply,
                "ServerIP",
                toIp);
    }

    private void failing(Hop hop, String newStatus, String event) {
        status = newStatus;
        String host = hop.nextHop().orElse("");
        String address = host.isEmpty() ? "" : HostAddress.of(host);
        String text =
                "Reason: [{LED=" + hop.code().orElse("") + "};{MSG=};{FQDN=" + host + "};{IP=" + address + "};{LRT=}]";
        detail(hop, event, text, "ServerHostName", SERVER);
    }

    private void readdressed(Hop hop, String event, String description, String target) {
        detail(hop, List.of(target), event, description, "RelatedRecipient", target);
    }

    private void detail(Hop hop, String event, String description, String... properties) {
        detail(hop, List.of(), event, description, properties);
    }

    private void detail(Hop hop, List<String> related, String event, String description, String... properties) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i + 1 < properties.length; i += 2) {
            fields.put(properties[i], properties[i + 1]);
        }
        details.add(new Detail(
                hop.at(),
                details.size(),
                hop.raw().getOrDefault("event", event),
                hop.raw().getOrDefault("description", description),
                fields,
                related));
    }
}
