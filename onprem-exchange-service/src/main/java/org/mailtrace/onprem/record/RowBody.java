package org.mailtrace.onprem.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mailtrace.contract.NameValue;

/**
 * A row as the index keeps it: every field that has a value, by name. Name and value are parted by US, pairs by RS; a
 * value that holds one of them, or the escape, has it escaped.
 */
public final class RowBody {
    private static final char ESCAPE = '\u001B';
    private static final char NAME_END = '\u001F';
    private static final char PAIR_END = '\u001E';

    /** What rows have in common, so that the index can press them small. Field names and words only. */
    public static final String SAMPLE = String.join(
            String.valueOf(PAIR_END),
            "S:MailboxDatabaseGuid=;S:ItemEntryId=00-00-00-00-;S:AMA=SUM|v=0|action=|error=|atch=0;S:CompCost=|ETR=0",
            "S:FirstForestHop=;S:FromEntity=Internet;S:FromEntity=Hosted;S:ToEntity=Hosted;S:ToEntity=Unknown",
            "S:ProxiedClientIPAddress=;S:ProxiedClientHostname=;S:ProxyHop1=;S:E2ELatency=0.;S:ExternalSendLatency=",
            "S:DeliveryPriority=Normal;S:OriginalFromAddress=;S:AccountForest=;S:Mailboxes=;S:MailboxDatabaseName=",
            "S:Microsoft.Exchange.Transport.MailRecipient.RequiredTlsAuthLevel=Opportunistic;"
                    + "S:IsSmtpResponseFromExternalServer=False",
            "250 2.6.0 <@> [InternalId=, Hostname=.prod.outlook.com] Queued mail for delivery;ClientSubmitTime:",
            "250 2.0.0 OK 250 2.1.5 Recipient OK 550 5.1.1 [{LED=};{MSG=};{FQDN=};{IP=};{LRT=}]",
            "MDB:, Mailbox:, Event:, MessageClass:IPM.Note, CreationTime:202, ClientType:MOMT",
            ";SRV=:TOTAL-HUB=0.|SMR=0.(SMRDI=0.|SMRC=0.)|CAT=0.(CATMS=0.|CATRESL=0.|CATORES=0.)|QDM=0.|SMSC=0.|SMS=0.",
            "client-ip\u001F10.\u001Eclient-hostname\u001F",
            "server-ip\u001F10.",
            "server-hostname\u001F",
            "source-context\u001F08D;202-:;0",
            "connector-id\u001FIntra-Organization SMTP Send Connector\u001E\\Default \u001EDefault Frontend ",
            "source\u001FSTOREDRIVER\u001Eevent-id\u001FDELIVER\u001ESUBMIT\u001ENOTIFYMAPI",
            "source\u001FROUTING\u001Eevent-id\u001FRESOLVE\u001EEXPAND\u001ETRANSFER",
            "source\u001FAGENT\u001Eevent-id\u001FAGENTINFO",
            "source\u001FSMTP\u001Eevent-id\u001FHAREDIRECT\u001EHARECEIVE\u001EHADISCARD\u001ESENDEXTERNAL\u001ERECEIVE",
            "internal-message-id\u001F",
            "message-id\u001F<",
            "network-message-id\u001F",
            "recipient-address\u001F",
            "recipient-status\u001F250 2.1.5 Recipient OK\u001ETo",
            "total-bytes\u001F",
            "recipient-count\u001F1",
            "related-recipient-address\u001F",
            "reference\u001F<",
            "message-subject\u001F",
            "sender-address\u001F",
            "return-path\u001F",
            "message-info\u001F04I: \u001E202",
            "directionality\u001FIncoming\u001EOriginating",
            "tenant-id\u001F",
            "original-client-ip\u001F10.",
            "original-server-ip\u001F10.",
            "custom-data\u001FS:",
            "transport-traffic-type\u001FEmail",
            "log-id\u001F",
            "schema-version\u001F15.01.2507.\u001E15.02.1544.");

    private RowBody() {}

    /** The body of a row. */
    public static String of(TrackingRow row) {
        StringBuilder body = new StringBuilder();
        row.values().forEach((name, value) -> {
            escape(name, body);
            body.append(NAME_END);
            escape(value, body);
            body.append(PAIR_END);
        });
        return body.toString();
    }

    /** The row of a body. */
    public static TrackingRow read(Instant at, String body) {
        List<NameValue> pairs = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        String name = "";
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c == ESCAPE && i + 1 < body.length()) {
                i++;
                text.append((char) (body.charAt(i) ^ 0x40));
            } else if (c == NAME_END) {
                name = text.toString();
                text.setLength(0);
            } else if (c == PAIR_END) {
                pairs.add(new NameValue(name, text.toString()));
                text.setLength(0);
            } else {
                text.append(c);
            }
        }
        return TrackingRow.of(at, pairs);
    }

    private static void escape(String text, StringBuilder body) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ESCAPE || c == NAME_END || c == PAIR_END) {
                body.append(ESCAPE).append((char) (c ^ 0x40));
            } else {
                body.append(c);
            }
        }
    }
}
