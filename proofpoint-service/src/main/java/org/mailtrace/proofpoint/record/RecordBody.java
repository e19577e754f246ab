package org.mailtrace.proofpoint.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Columns as the index keeps them: cells parted by commas, the known columns in a fixed order and without their names,
 * others behind them with theirs. The index presses rows by comparing their cells, so a comma in a value is escaped.
 */
public final class RecordBody {
    /** Columns of the first layout. Never change the order: rows that are stored have it; a new layout gets a new tag. */
    private static final List<String> COLUMNS = List.of(
            "GUID",
            "Orig_GUID",
            "Time",
            "Agent",
            "QID",
            "SID",
            "Sender",
            "Recipients",
            "Header_From",
            "Header_From_Address",
            "Subject",
            "Message_ID",
            "Message_Size",
            "Sender_Host",
            "Sender_IP_Address",
            "country",
            "TLS",
            "Final_Action",
            "Final_Rule",
            "Module_ID",
            "Disposition_Action",
            "Actions",
            "Quarantine_Folder",
            "Quarantine_Rule",
            "Quarantine_Type",
            "current_folder",
            "Policy_Routes",
            "Route_Direction",
            "Spam_Score",
            "Virus_Names",
            "Message_Encrypted",
            "Message_Reinjected",
            "PE_Recipients",
            "SMIME_Recipients",
            "SMIME_Recipients_Signed",
            "module_rules",
            "Line",
            "Line_To");

    private static final String TAG = "1";

    /** What rows have in common, so that the index can press them small. Words and separators only. */
    public static final String SAMPLE = String.join(
            " ",
            "1,,,202-T:.Z,.ppops.net,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,T:.-0700 m sendmail[]: : to=<@>%2C delay=00:00:0"
                    + "%2C xdelay=00:00:0%2C mailer=esmtp%2C tls_verify=OK%2C tls_version=TLSv1.3%2C cipher=TLS_AES_256_GCM_SHA384%2C"
                    + " pri=12%2C relay=.mail.protection.outlook.com. []%2C dsn=2.0.0%2C stat=Sent (250 2.6.0 <@>"
                    + " [InternalId=%2C Hostname=.prod.outlook.com] Queued mail for delivery),",
            "1,,,202-T:.Z,.ppops.net,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,T:.-0700 m sendmail[]: : from=<@>%2C size=%2C class=0"
                    + "%2C nrcpts=1%2C msgid=<@>%2C proto=ESMTP%2C daemon=MTA%2C tls_verify=NONE%2C auth=NONE%2C relay=localhost []"
                    + ",",
            "1,,,202-T:.Z,.ppops.net,,-1,@,@,\" <@>,@,Re: ,<@>,,mail-.,,us,TLSv1.2,discard,spam.inbound_bulk,spam,discard,"
                    + "spam.=quarantine;spam.=discard,Bulk,inbound_bulk,quarantine,Bulk,default_inbound%2Cfirewallsafe,inbound,100,"
                    + ",,,,,,av.clean%2Cspam.notspam,,",
            "1,,,202-T:.Z,.ppops.net,,,@,@,<@>,@,,<@>,,mail.,,us,TLSv1.3,continue,av.clean,av,continue,av.clean=add-header;"
                    + "av.clean=continue;spam.notspam=add-header,,,,,allow_relay%2Cfirewallsafe%2Cinternalnet%2Coutbound,outbound"
                    + ",0,,,,,,,av.clean%2Cspam.notspam,,");

    private RecordBody() {}

    static String of(Map<String, String> columns) {
        StringBuilder body = new StringBuilder(TAG);
        Map<String, String> others = new TreeMap<>(columns);
        for (String name : COLUMNS) {
            body.append(',');
            String value = others.remove(name);
            if (value != null) {
                escape(value, body);
            }
        }
        others.forEach((name, value) -> {
            body.append(',');
            escape(name, body);
            body.append('=');
            escape(value, body);
        });
        return body.toString();
    }

    /** The columns of a body, those without text left out. */
    static Map<String, String> read(String body) {
        String[] cells = body.split(",", -1);
        if (!cells[0].equals(TAG) || cells.length <= COLUMNS.size()) {
            throw new IllegalArgumentException("A stored record has a layout that this version does not know.");
        }
        Map<String, String> columns = new LinkedHashMap<>();
        for (int i = 0; i < COLUMNS.size(); i++) {
            put(columns, COLUMNS.get(i), cells[i + 1]);
        }
        for (int i = COLUMNS.size() + 1; i < cells.length; i++) {
            int equals = cells[i].indexOf('=');
            put(columns, unescaped(cells[i].substring(0, equals)), cells[i].substring(equals + 1));
        }
        return columns;
    }

    private static void put(Map<String, String> columns, String name, String cell) {
        if (!cell.isEmpty()) {
            columns.put(name, unescaped(cell));
        }
    }

    private static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            switch (each) {
                case ',' -> out.append("%2C");
                case '%' -> out.append("%25");
                case '=' -> out.append("%3D");
                default -> out.append(each);
            }
        }
    }

    private static String unescaped(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        return text.replace("%2C", ",").replace("%3D", "=").replace("%25", "%");
    }
}
