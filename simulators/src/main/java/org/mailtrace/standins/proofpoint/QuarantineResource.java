package org.mailtrace.standins.proofpoint;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;
import org.mailtrace.standins.story.Glob;

/** The quarantine over REST: search, and the download that a tracer must never cause. */
@Path("/proofpoint/rest/v1/quarantine")
@RunOnVirtualThread
class QuarantineResource {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final Duration DEFAULT_WINDOW = Duration.ofHours(24);
    private static final int DEFAULT_LIMIT = 100;
    private static final int HIGHEST_LIMIT = 1000;

    private final FilteredMessages messages;
    private final BasicAuth auth;
    private final Clock clock;

    QuarantineResource(FilteredMessages messages, BasicAuth auth, Clock clock) {
        this.messages = messages;
        this.auth = auth;
        this.clock = clock;
    }

    /** The newest records of one folder, or with {@code guid} alone the raw message. */
    @GET
    public Response search(
            @HeaderParam("Authorization") String authorization,
            @RestQuery String from,
            @RestQuery String rcpt,
            @RestQuery String subject,
            @RestQuery String startdate,
            @RestQuery String enddate,
            @QueryParam("folder") String folder,
            @RestQuery String limit,
            @RestQuery String guid) {
        auth.require(authorization);
        Instant now = clock.instant();
        if (from == null && rcpt == null && subject == null) {
            if (guid == null) {
                throw new BadRequestException("At least one of from, rcpt, subject is required");
            }
            return download(guid, now);
        }
        Instant end = enddate == null ? now : time(enddate);
        Instant start = startdate == null ? end.minus(DEFAULT_WINDOW) : time(startdate);
        String wantedFolder = folder == null ? "Quarantine" : folder;
        List<Map<String, Object>> records = messages.heldAt(now).stream()
                .filter(m -> m.verdict().folder().equals(wantedFolder))
                .filter(m -> !m.receivedAt().isBefore(start) && !m.receivedAt().isAfter(end))
                .filter(m -> from == null || Glob.matches(from, m.sender()))
                .filter(m -> rcpt == null || m.recipients().stream().anyMatch(r -> Glob.matches(rcpt, r)))
                .filter(m -> subject == null || Glob.matches(subject, m.story().subject()))
                .limit(limit(limit))
                .map(QuarantineResource::entry)
                .toList();
        Map<String, Object> meta = Map.of("limit", limit(limit), "query_params", Map.of("folder", wantedFolder));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("count", records.size());
        answer.put("records", records);
        answer.put("meta", meta);
        return Response.ok(answer, MediaType.APPLICATION_JSON).build();
    }

    private Response download(String guid, Instant now) {
        FilteredMessage message = messages.heldAt(now).stream()
                .filter(m -> m.guid().equals(guid))
                .findFirst()
                .orElseThrow(NotFoundException::new);
        String text = "Message-ID: " + message.story().messageId() + "\r\nSubject: "
                + message.story().subject() + "\r\n\r\nSynthetic body.\r\n";
        return Response.ok(text, "message/rfc822").build();
    }

    private static Map<String, Object> entry(FilteredMessage m) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("processingserver", "m0072552.ppops.net");
        entry.put("date", DATE.format(m.receivedAt().atOffset(ZoneOffset.UTC)));
        entry.put("subject", m.story().subject());
        entry.put("messageid", m.messageId().replaceAll("^<|>$", ""));
        entry.put("folder", m.verdict().folder());
        entry.put("size", Long.toString(m.story().sizeBytes()));
        entry.put("rcpts", m.recipients());
        entry.put("from", m.sender());
        entry.put("spamscore", "100");
        entry.put("guid", m.guid());
        entry.put("host_ip", "[" + m.clientIp() + "] [" + m.clientIp() + "]");
        entry.put("localguid", m.localGuid());
        return entry;
    }

    private static int limit(String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (!text.matches("\\d{1,6}")) {
            throw new BadRequestException("limit");
        }
        return Math.min(Integer.parseInt(text), HIGHEST_LIMIT);
    }

    private static Instant time(String text) {
        try {
            return LocalDateTime.parse(text, DATE).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new BadRequestException("startdate and enddate are yyyy-MM-dd HH:mm:ss", e);
        }
    }
}
