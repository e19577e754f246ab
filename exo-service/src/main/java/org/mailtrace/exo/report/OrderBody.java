package org.mailtrace.exo.report;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How the question of a report looks as JSON; only described here, because a body is read with all its faults at once. */
@Schema(description = "A question; the same names as the query parameters of GET /traces, without a cursor.")
record OrderBody(
        @Schema(description = "Envelope sender: an address, *@domain, or <> for the null sender.")
        Optional<String> sender,

        @Schema(description = "Up to 20 addresses or *@domain.")
        List<String> recipient,

        @Schema(description = "Text that the subject contains, at least 3 characters.")
        Optional<String> subject,

        @Schema(description = "Message-ID header, or network message id.")
        Optional<String> messageId,

        @Schema(description = "Start of the window, RFC 3339; 24 hours before its end by default.")
        Optional<String> from,

        @Schema(description = "End of the window, RFC 3339, exclusive; now by default.")
        Optional<String> to,

        @Schema(
                description =
                        "events to have the events listed that were read; recipients for all recipients of a message.")
        List<String> include,

        @Schema(description = "true for the events of every recipient, within the configured number of requests.")
        Optional<Boolean> advanced,

        @Schema(description = "The ticket, kept with the report.")
        Optional<String> ticket,

        @Schema(description = "Why you ask, kept with the report.")
        Optional<String> reason) {}
