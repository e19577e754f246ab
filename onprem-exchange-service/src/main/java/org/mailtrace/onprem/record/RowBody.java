package org.mailtrace.onprem.record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A row as the index keeps it: what its columns are (a version, or their names), US, and the record as it stands in the
 * file. Names are not repeated in every row, and a row that was read from a file need not be written anew.
 */
public final class RowBody {
    private static final char COLUMNS_END = '\u001F';

    /** What rows have in common, so that the index can press them small. Words and separators only. */
    public static final String SAMPLE = String.join(
            " ",
            "S:MailboxDatabaseGuid=;S:ItemEntryId=00-00-00-00-;S:AMA=SUM|v=0|action=|error=|atch=0;S:CompCost=|ETR=0",
            "S:ProxiedClientIPAddress=;S:ProxiedClientHostname=;S:ProxyHop1=;S:E2ELatency=0.;S:ExternalSendLatency=",
            "S:OriginalFromAddress=;S:Mailboxes=;S:MailboxDatabaseName=;S:StandardJournaled=False;S:TRA=ETR|ruleId=|st=",
            "S:Microsoft.Exchange.Transport.MailRecipient.RequiredTlsAuthLevel=Opportunistic;"
                    + "S:IsSmtpResponseFromExternalServer=True;S:IsSmtpResponseFromExternalServer=False",
            "S:FirstForestHop=;S:FromEntity=Internet;S:FromEntity=Hosted;S:ToEntity=Hosted;S:ToEntity=Unknown;",
            ",550 5.1.1 [{LED=};{MSG=};{FQDN=};{IP=};{LRT=}],No suitable shadow servers,CatContentConversion,",
            ";250 2.6.0 <@> [InternalId=, Hostname=.prod.outlook.com] Queued mail for delivery;ClientSubmitTime:,",
            ";250 2.0.0 OK [Hostname=];ClientSubmitTime:,Intra-Organization SMTP Send Connector,SMTP,SEND,",
            "\"MDB:, Mailbox:, Event:, MessageClass:IPM.Note, CreationTime:202, ClientType:MOMT\",,STOREDRIVER,SUBMIT,",
            ";SRV=:TOTAL-HUB=0.|SMR=0.(SMRDI=0.|SMRC=0.)|CAT=0.(CATMS=0.|CATRESL=0.|CATORES=0.)|QDM=0.|SMSC=0.|SMS=0.",
            ",,ROUTING,RESOLVE,,ROUTING,EXPAND,,ROUTING,TRANSFER,,AGENT,AGENTINFO,,STOREDRIVER,NOTIFYMAPI,",
            ",SMTP,HAREDIRECT,,SMTP,HARECEIVE,,SMTP,HADISCARD,,SMTP,HAREDIRECTFAIL,,SMTP,SENDEXTERNAL,,SMTP,FAIL,",
            "2016\u001F202-:.Z,10.,,10.,,08D;202-:.Z;0,\\Default ,SMTP,RECEIVE,,<,>,--4-,,250 2.1.5 Recipient OK,,1,,,"
                    + "RE: ,,,04I: ,Incoming,,10.,10.,S:DeliveryPriority=Normal;S:AccountForest=,Email,,15.01.2507.",
            "2016\u001F202-:.Z,10.,,10.,,202-:.Z;;ClientSubmitTime:,,STOREDRIVER,DELIVER,,<,>,--4-,,,,1,,,FW: ,,,202-:.Z;"
                    + "SRV=:TOTAL-SUB=0.|SA=0.|MTSS=0.,Originating,,10.,10.,S:DeliveryPriority=Normal;S:AccountForest=,"
                    + "Email,,15.02.1544.");

    private RowBody() {}

    /** The body of a row. */
    public static String of(TrackingRow row) {
        StringBuilder body = new StringBuilder(row.fields().tag()).append(COLUMNS_END);
        for (int i = 0; i < row.fields().names().size(); i++) {
            if (i > 0) {
                body.append(',');
            }
            append(row.text(i), body);
        }
        return body.toString();
    }

    /** The body of a record as it stands in a file, without its line end. */
    public static String of(Fields fields, byte[] bytes, int start, int end) {
        return fields.tag() + COLUMNS_END + FieldSplitter.readable(bytes, start, end);
    }

    /** The row of a body. */
    public static TrackingRow read(Instant at, String body) {
        int end = body.indexOf(COLUMNS_END);
        Fields fields = Fields.ofTag(body.substring(0, Math.max(0, end)))
                .orElseGet(() ->
                        new Fields(List.of(body.substring(0, Math.max(0, end)).split(",", -1))));
        byte[] record = body.substring(end + 1).getBytes(StandardCharsets.UTF_8);
        String[] texts = FieldSplitter.texts(record, 0, record.length);
        return TrackingRow.of(at, fields, texts.length == fields.names().size() ? texts : filled(texts, fields));
    }

    private static String[] filled(String[] texts, Fields fields) {
        String[] filled = new String[fields.names().size()];
        Arrays.setAll(filled, i -> i < texts.length ? texts[i] : "");
        return filled;
    }

    private static void append(String text, StringBuilder body) {
        boolean plain =
                text.indexOf(',') < 0 && text.indexOf('"') < 0 && text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
        if (plain) {
            body.append(text);
        } else {
            body.append('"').append(text.replace("\"", "\"\"")).append('"');
        }
    }
}
