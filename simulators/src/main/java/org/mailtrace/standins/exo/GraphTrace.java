package org.mailtrace.standins.exo;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A row as Graph writes it. Fractions of a second and the case of the status vary, as they do between its documents. */
@RegisterForReflection
record GraphTrace(
        String id,
        String senderAddress,
        String recipientAddress,
        String messageId,
        String receivedDateTime,
        String subject,
        long size,
        String fromIP,
        String toIP,
        String status) {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'");
    private static final DateTimeFormatter TICKS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'");
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");

    static GraphTrace of(TraceRow row, boolean allEnumMembers) {
        int variety = Math.floorMod(row.story().id().hashCode(), 3);
        String known = row.status().equals("recalled") && !allEnumMembers ? "unknownFutureValue" : row.status();
        String status = variety == 1 ? known.substring(0, 1).toUpperCase(Locale.ROOT) + known.substring(1) : known;
        return new GraphTrace(
                row.id(),
                row.story().from(),
                row.recipient(),
                row.story().messageId(),
                time(row.received(), variety),
                row.story().subject(),
                row.story().sizeBytes(),
                row.fromIp(),
                row.toIp(),
                status);
    }

    private static String time(Instant instant, int variety) {
        DateTimeFormatter format = variety == 0 ? TICKS : variety == 1 ? MILLIS : SECONDS;
        return format.format(instant.atOffset(ZoneOffset.UTC));
    }
}
