package org.mailtrace.standins.proofpoint;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.standins.StandInsConfig;

/** Smart Search over REST: the managed module {@code pss}. */
@Path("/proofpoint/rest/v1/pss")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class SmartSearchResource {
    private static final int DEFAULT_COUNT = 100;
    private static final Duration DEFAULT_WINDOW = Duration.ofHours(24);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[XXX][XX]");

    private final StandInsConfig.Proofpoint config;
    private final FilteredMessages messages;
    private final BasicAuth auth;
    private final Clock clock;

    SmartSearchResource(StandInsConfig config, FilteredMessages messages, BasicAuth auth, Clock clock) {
        this.config = config.proofpoint();
        this.messages = messages;
        this.auth = auth;
        this.clock = clock;
    }

    @GET
    @Path("health")
    public Map<String, String> health(@HeaderParam("Authorization") String authorization) {
        auth.require(authorization);
        return Map.of("status", "ok");
    }

    /** The newest rows, cut without a word; without any row the answer has no {@code result}. */
    @GET
    @Path("filter")
    public Map<String, Object> filter(
            @HeaderParam("Authorization") String authorization, @BeanParam SmartSearchQuery query) {
        auth.require(authorization);
        Instant now = clock.instant();
        Instant to = time("to", query.to).orElse(now);
        Instant from = time("from", query.from).orElse(to.minus(DEFAULT_WINDOW));
        List<Map<String, Object>> rows = messages.visibleAt(now).stream()
                .filter(m -> !m.receivedAt().isBefore(from) && !m.receivedAt().isAfter(to))
                .filter(query::matches)
                .limit(count(query.count))
                .map(m -> SmartSearchRow.of(m, config.zone()))
                .toList();
        return rows.isEmpty() ? Map.of() : Map.of("result", rows);
    }

    private int count(String text) {
        if (text == null) {
            return Math.min(DEFAULT_COUNT, config.maxCount());
        }
        if (!text.matches("\\d{1,9}")) {
            throw new BadRequestException("count");
        }
        return Math.min(Integer.parseInt(text), config.maxCount());
    }

    private static Optional<Instant> time(String name, String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text, TIME).toInstant());
        } catch (DateTimeException e) {
            throw new BadRequestException(name, e);
        }
    }
}
