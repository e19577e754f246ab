package org.mailtrace.onprem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A printed object of {@code Get-MessageTrackingLog | Format-List}, under the names that its fields have in a file. */
final class CmdletListing {
    private static final int NAME_WIDTH = 24;
    private static final Map<String, String> NAMES = Map.of(
            "ConnectorId", "connector-id",
            "Source", "source",
            "EventId", "event-id",
            "InternalMessageId", "internal-message-id",
            "MessageId", "message-id",
            "NetworkMessageId", "network-message-id",
            "Recipients", "recipient-address",
            "RecipientStatus", "recipient-status",
            "Reference", "reference",
            "ReturnPath", "return-path");

    private CmdletListing() {}

    static Map<String, String> read(Path listing) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        String name = "";
        for (String line : Files.readAllLines(listing)) {
            int colon = line.indexOf(':');
            boolean begins = colon == NAME_WIDTH && !line.startsWith(" ");
            name = begins ? line.substring(0, colon).strip() : name;
            String text = (begins ? line.substring(colon + 1) : line).strip();
            values.merge(name, text, (before, more) -> before + " " + more);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        NAMES.forEach((printed, field) ->
                Optional.ofNullable(values.get(printed)).ifPresent(text -> fields.put(field, bare(field, text))));
        return fields;
    }

    /** Lists are printed in braces; the page that the sample comes from put spaces into the addresses. */
    private static String bare(String field, String text) {
        String inside = text.startsWith("{") && text.endsWith("}") ? text.substring(1, text.length() - 1) : text;
        return field.equals("recipient-status") || field.equals("connector-id") ? inside : inside.replace(" ", "");
    }
}
