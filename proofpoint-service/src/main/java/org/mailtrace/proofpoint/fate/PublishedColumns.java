package org.mailtrace.proofpoint.fate;

import java.util.List;
import java.util.Set;
import org.mailtrace.contract.NameValue;
import org.mailtrace.proofpoint.row.MessageRow;

/**
 * Columns that are known, from the fixtures of the public Proofpoint Protection Server integration of Cortex XSOAR and from
 * the log stream's field lists. Whatever else a row has is told as it came, so that a new field is seen and not lost.
 */
final class PublishedColumns {
    /** More than these of one row are not told, and none to its end: nobody knows what may be in them. */
    private static final int MOST = 20;

    private static final int LONGEST = 200;

    private static final Set<String> NAMES = Set.of(
            "Rule_ID",
            "Disposition_Action",
            "Sendmail_Action",
            "Attachment_Names",
            "Recipients",
            "SendmailRaw_Log",
            "GUID",
            "Date",
            "Raw_Log",
            "Sender_Host",
            "Module_ID",
            "Sender_IP_Address",
            "Quarantine_Folder",
            "QID",
            "Quarantine_Rule",
            "Duration",
            "Spam_Score",
            "country",
            "TLS",
            "Policy_Routes",
            "current_folder",
            "FID",
            "module_rules",
            "PE_Recipients",
            "Virus_Names",
            "Sendmail_Errorcode",
            "FQIN",
            "SMIME_Recipients",
            "Agent",
            "Subject",
            "Final_Rule",
            "Suborg",
            "SMIME_Recipients_Signed",
            "Message_Encrypted",
            "Message_Split",
            "Disposition_SmtpProfile",
            "Sendmail_To",
            "Sendmail_Stat",
            "SID",
            "Message_ID",
            "Final_Action",
            "Sender",
            "Sendmail_To_Stat",
            "Message_Size",
            "Orig_GUID",
            "Header_From",
            "Header_From_Address",
            "Actions",
            "Quarantine_Type",
            "Route_Direction",
            "Message_Reinjected");

    private PublishedColumns() {}

    /** What a row has beside them. */
    static List<NameValue> unknownOf(MessageRow row) {
        List<String> others = row.columns().keySet().stream()
                .filter(name -> !NAMES.contains(name))
                .sorted()
                .limit(MOST)
                .toList();
        return row.raw(others).stream()
                .map(cell -> new NameValue(
                        cell.name(),
                        cell.value().substring(0, Math.min(cell.value().length(), LONGEST))))
                .toList();
    }
}
