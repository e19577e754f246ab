package org.mailtrace.onprem.meaning;

import java.util.Locale;
import java.util.Optional;

/**
 * Whom a SEND or SENDEXTERNAL row handed the message to.
 *
 * @param kind what kind of host
 * @param host its name or address as the row has it
 * @param system the other of our mail systems that it belongs to
 */
record Taker(Kind kind, Optional<String> host, Optional<String> system) {
    private static final String INTERNAL_CONNECTOR = "intra-organization smtp send connector";

    /** Kinds of hosts; the sentences about them stand in the dictionary. */
    enum Kind {
        /** The service that puts messages into this server's mailboxes. */
        MAILBOX_DELIVERY,
        OUR_SERVER,
        /** By the connector that leads to our own servers only; no host is named. */
        INSIDE_UNNAMED,
        EXCHANGE_ONLINE,
        OTHER_SYSTEM,
        /** Outside all configured systems. */
        OUTSIDE
    }

    static Taker of(LogRow row, Site site) {
        Optional<String> host = SmtpReply.host(row.row());
        if (!row.event().equals("SENDEXTERNAL")) {
            Optional<String> ours = host.filter(site::isOurServer)
                    .or(() -> SmtpReply.named(row.row()).filter(site::isOurServer));
            if (ours.isPresent()) {
                boolean itself = HopLink.label(ours.get()).equals(HopLink.label(row.server()))
                        && HopLink.next(row).isEmpty();
                return new Taker(itself ? Kind.MAILBOX_DELIVERY : Kind.OUR_SERVER, ours, Optional.empty());
            }
            if (host.isEmpty()
                    && row.row().value("connector-id").toLowerCase(Locale.ROOT).contains(INTERNAL_CONNECTOR)) {
                return new Taker(Kind.INSIDE_UNNAMED, Optional.empty(), Optional.empty());
            }
        }
        Optional<String> system = host.flatMap(site::systemOf);
        Kind kind = system.map(name -> name.equals(KnownHop.EXCHANGE_ONLINE) ? Kind.EXCHANGE_ONLINE : Kind.OTHER_SYSTEM)
                .orElse(Kind.OUTSIDE);
        return new Taker(kind, host, system);
    }

    /** Whether the message is still ours to follow: among our own servers, custody is not passed on. */
    boolean isInside() {
        return kind == Kind.MAILBOX_DELIVERY || kind == Kind.OUR_SERVER || kind == Kind.INSIDE_UNNAMED;
    }
}
