package org.mailtrace.proofpoint.smartsearch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.proofpoint.row.MessageRow;

/**
 * Parameters of one request, without its window. The vendor takes one value for each; it matches generously, so every
 * row is filtered again here.
 */
public record VendorQuery(Map<String, String> parameters) {
    private static final Pattern PLAIN_ID = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    private static final String ACTION = "action";

    public VendorQuery {
        parameters = Map.copyOf(parameters);
    }

    static VendorQuery of(String name, String value) {
        return new VendorQuery(Map.of(name, value));
    }

    /** All that a rule sent to another address: the vendor has no parameter for where it went. */
    static VendorQuery redirected() {
        return of(ACTION, MessageRow.REDIRECT);
    }

    /** Whether it asks for what a rule sent to another address. */
    public boolean asksForRedirected() {
        return parameters.containsKey(ACTION);
    }

    static VendorQuery everything() {
        return new VendorQuery(Map.of());
    }

    /** What finds the message of a row's {@linkplain MessageRow#key() key} again; empty if it cannot be such a key. */
    public static Optional<VendorQuery> forKey(String key) {
        if (key.startsWith(MessageRow.BY_QUEUE_ID)) {
            return plain(key.substring(MessageRow.BY_QUEUE_ID.length())).map(qid -> of("qid", qid));
        }
        if (key.startsWith(MessageRow.BY_MESSAGE_ID)) {
            return Optional.of(of("hdr_mid", key.substring(MessageRow.BY_MESSAGE_ID.length())));
        }
        return plain(key).map(guid -> of("guid", guid));
    }

    /** Whether the vendor keeps the brackets is not documented: both forms are asked for, rows count once. */
    public static List<VendorQuery> forMessageId(String bracketed) {
        return List.of(of("hdr_mid", bracketed), of("hdr_mid", bracketed.substring(1, bracketed.length() - 1)));
    }

    private static Optional<String> plain(String id) {
        return PLAIN_ID.matcher(id).matches() ? Optional.of(id) : Optional.empty();
    }

    VendorQuery and(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new VendorQuery(more);
    }

    /** The vendor writes all addresses of a domain as {@code @domain}. */
    static String pattern(AddressPattern address) {
        return address.isWholeDomain() ? "@" + address.domain() : address.value();
    }
}
