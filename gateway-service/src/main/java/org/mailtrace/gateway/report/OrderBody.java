package org.mailtrace.gateway.report;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How the order of a report looks; only described here, because a body is read with all its faults at once. */
@Schema(description = "A question with the names of GET /traces, and where to call when it is answered.")
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

        @Schema(description = "End of the window, RFC 3339, exclusive; the moment of the order by default.")
        Optional<String> to,

        @Schema(description = "Only these sources.") List<String> source,
        @Schema(description = "Only these outcomes.") List<String> outcome,

        @Schema(description = "Any of events, recipients, noise, related.")
        List<String> include,

        @Schema(description = "true for the sources' thorough search.")
        Optional<Boolean> advanced,

        @Schema(description = "The ticket, kept for the audit record.")
        Optional<String> ticket,

        @Schema(description = "Why you ask, kept for the audit record.")
        Optional<String> reason,

        @Schema(
                description = "An https address that is called, signed by the Standard Webhooks convention, once the"
                        + " report is over.")
        Optional<String> callbackUrl) {}
