package org.mailtrace.onprem.meaning;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The copy of a message on one server. Internal ids are given by each server for itself, so one counts only together
 * with the server.
 *
 * @param server the first label of the server's name, in lower case
 * @param internalId the server's internal message id
 */
record HopLink(String server, String internalId) {
    private static final Pattern INTERNAL_ID = Pattern.compile("\\bInternalId\\s*=\\s*(\\d+)");

    /** The copy that a row tells of; empty if it has no internal id. */
    static Optional<HopLink> of(LogRow row) {
        return row.row().optional("internal-message-id").map(id -> new HopLink(label(row.server()), id));
    }

    /** The copy on the next server that a SEND names in the reply which it quotes. */
    static Optional<HopLink> next(LogRow row) {
        if (!row.event().equals("SEND")) {
            return Optional.empty();
        }
        Matcher id = INTERNAL_ID.matcher(row.row().value("source-context"));
        return id.find() && !id.group(1).equals("0")
                ? SmtpReply.named(row.row())
                        .or(() -> row.row().optional("server-hostname"))
                        .map(host -> new HopLink(label(host), id.group(1)))
                : Optional.empty();
    }

    /** The copy that this one was forked from, on the same server. */
    static Optional<HopLink> forkedFrom(LogRow row) {
        return row.event().equals("TRANSFER")
                ? References.internalId(row.row()).map(id -> new HopLink(label(row.server()), id))
                : Optional.empty();
    }

    /** Server names differ in case and in whether they carry the domain. */
    static String label(String host) {
        String lower = host.strip().toLowerCase(Locale.ROOT);
        int dot = lower.indexOf('.');
        return dot > 0 ? lower.substring(0, dot) : lower;
    }
}
