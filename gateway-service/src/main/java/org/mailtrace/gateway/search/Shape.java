package org.mailtrace.gateway.search;

import org.mailtrace.gateway.answer.Trace;
import org.mailtrace.gateway.answer.TraceRecipient;

/** The shape of a body, as far as its size goes: about how many bytes things take in it, never much less. */
public enum Shape {
    /** Objects, whether as one document or line by line. */
    JSON {
        @Override
        long sizeOf(Trace trace) {
            return Body.sizeOf(trace);
        }

        @Override
        long sizeOf(Trace trace, TraceRecipient recipient) {
            return Body.sizeOf(recipient);
        }

        @Override
        long sizeOf(Trace.Event event) {
            return Body.sizeOf(event);
        }

        @Override
        long sizeOf(Trace.Related related) {
            return Body.sizeOf(related);
        }
    },
    /** A row for each recipient, which says again what there is to say of the trace; without events and what is related. */
    TABLE {
        // Instants, codes, the states of all sources, and what may have to be said of what is left out.
        private static final int ROW = 700;

        @Override
        long sizeOf(Trace trace) {
            long row = row(trace);
            return Math.max(1, trace.recipients().size()) * row
                    + trace.recipients().stream().mapToLong(this::own).sum()
                    + trace.notices().stream()
                            .filter(notice -> notice.recipient().isPresent())
                            .mapToLong(Body::sizeOf)
                            .sum();
        }

        @Override
        long sizeOf(Trace trace, TraceRecipient recipient) {
            return row(trace) + own(recipient);
        }

        @Override
        long sizeOf(Trace.Event event) {
            return 0;
        }

        @Override
        long sizeOf(Trace.Related related) {
            return 0;
        }

        private long row(Trace trace) {
            return ROW
                    + trace.id().length()
                    + Body.length(trace.messageId())
                    + Body.length(trace.sender())
                    + Body.length(trace.headerFrom())
                    + Body.length(trace.subject())
                    + Body.list(trace.path())
                    + trace.notices().stream()
                            .filter(notice -> notice.recipient().isEmpty())
                            .mapToLong(Body::sizeOf)
                            .sum();
        }

        private long own(TraceRecipient recipient) {
            return Body.bytes(recipient.address())
                    + Body.bytes(recipient.sentence())
                    + Body.length(recipient.nextAction())
                    + Body.length(recipient.reason())
                    + Body.list(recipient.via())
                    + Body.list(recipient.readdressedTo());
        }
    };

    /** A whole trace. */
    abstract long sizeOf(Trace trace);

    /** What one recipient adds to it, but for notices about that recipient. */
    abstract long sizeOf(Trace trace, TraceRecipient recipient);

    /** One of its events. */
    abstract long sizeOf(Trace.Event event);

    /** One of the messages that belong to it. */
    abstract long sizeOf(Trace.Related related);
}
