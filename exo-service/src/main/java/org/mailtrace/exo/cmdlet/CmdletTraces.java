package org.mailtrace.exo.cmdlet;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.rows.DetailRow;
import org.mailtrace.exo.rows.MessageTraces;
import org.mailtrace.exo.rows.RowPage;
import org.mailtrace.exo.rows.Rows;
import org.mailtrace.exo.rows.TraceFilter;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.wire.ConnectionDroppedException;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;

/**
 * Message traces by cmdlet
 * (<a href="https://learn.microsoft.com/powershell/module/exchange/get-messagetracev2">Get-MessageTraceV2</a>,
 * <a href="https://learn.microsoft.com/powershell/module/exchange/get-messagetracedetailv2">Get-MessageTraceDetailV2</a>),
 * for clouds without Graph's. Exchange Online drops searches that take it too long: the window is then split into
 * halves.
 */
@Singleton
@Typed(CmdletTraces.class)
public class CmdletTraces implements MessageTraces {
    /** A page of exactly this many rows may be the vendor's default, whatever was asked for. */
    private static final int DEFAULT_PAGE = 1000;

    private static final String MORE = "there are more results";
    private static final Duration WORTH_TRYING = Duration.ofSeconds(1);
    private static final Duration KEPT = Duration.ofDays(90);

    private final Cmdlets cmdlets;
    private final int resultSize;
    private final int maxPages;
    private final Duration narrowest;
    private final Clock clock;

    CmdletTraces(Cmdlets cmdlets, CmdletSettings settings, Clock clock) {
        this.cmdlets = cmdlets;
        this.resultSize = settings.exchangeResultSize();
        this.maxPages = settings.exchangeMaxPages();
        this.narrowest = settings.exchangeNarrowestWindow();
        this.clock = clock;
    }

    @Override
    public boolean takesSeveralRecipients() {
        return true;
    }

    @Override
    public Rows rows(TraceFilter filter, Errand errand) {
        Map<TraceRow.Key, TraceRow> rows = new LinkedHashMap<>();
        int unreadable = 0;
        int fullPages = 0;
        Optional<TracePlace> next = Optional.of(TracePlace.first(filter));
        while (next.isPresent()) {
            TracePlace begun = next.orElseThrow();
            Part part = part(filter, begun, errand);
            part.rows().forEach(row -> rows.putIfAbsent(row.key(), row));
            unreadable += part.unreadable();
            next = part.next();
            Optional<SourceFailure> ending = part.ending();
            if (part.full() && ++fullPages >= maxPages && ending.isEmpty()) {
                ending = Optional.of(new SourceFailure(SourceState.TRUNCATED, Words.TOO_MANY_ROWS));
            }
            if (ending.isPresent()) {
                return new Rows(List.copyOf(rows.values()), unreadable, ending);
            }
        }
        return new Rows(List.copyOf(rows.values()), unreadable, Optional.empty());
    }

    @Override
    public RowPage page(TraceFilter filter, Optional<String> place, Errand errand) {
        TracePlace begun = place.map(text -> TracePlace.read(text, filter)).orElseGet(() -> TracePlace.first(filter));
        Part part = part(filter, begun, errand);
        part.ending().ifPresent(failure -> {
            throw failure;
        });
        return new RowPage(part.rows(), part.unreadable(), part.next().map(TracePlace::text));
    }

    @Override
    public List<DetailRow> details(TraceRow row, Errand errand) {
        Instant now = clock.instant();
        Instant oldest = now.truncatedTo(ChronoUnit.DAYS).minus(KEPT);
        Instant from = row.receivedAt().minus(Duration.ofDays(1));
        Instant to = row.receivedAt().plus(Duration.ofDays(8));
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("MessageTraceId", row.traceId());
        parameters.put("RecipientAddress", row.recipient());
        parameters.put("StartDate", (from.isBefore(oldest) ? oldest : from).truncatedTo(ChronoUnit.SECONDS));
        parameters.put("EndDate", (to.isAfter(now) ? now : to).truncatedTo(ChronoUnit.SECONDS));
        List<DetailRow> details = new ArrayList<>();
        cmdlets.invoke("Get-MessageTraceDetailV2", parameters, errand)
                .rows()
                .forEach(event -> CmdletRows.event(event).ifPresent(details::add));
        return List.copyOf(details);
    }

    @Override
    public CircuitState circuit() {
        return cmdlets.circuit();
    }

    @Override
    public Optional<Instant> lastSuccess() {
        return cmdlets.lastSuccess();
    }

    /** One request for rows, in a narrower window than wanted if the wanted one is too much. */
    private Part part(TraceFilter filter, TracePlace wanted, Errand errand) {
        TracePlace asked = wanted;
        while (true) {
            boolean splittable = asked.width().compareTo(narrowest) > 0;
            CmdletOutput output = ask(filter, asked, errand, splittable);
            boolean split = splittable
                    && output.ending().filter(CmdletTraces::isTooMuch).isPresent()
                    && errand.deadline().allows(WORTH_TRYING);
            if (!split) {
                return read(filter, asked, output);
            }
            asked = asked.newerHalf();
        }
    }

    private CmdletOutput ask(TraceFilter filter, TracePlace asked, Errand errand, boolean splittable) {
        try {
            return cmdlets.run(new Command("Get-MessageTraceV2", parameters(filter, asked)), errand, splittable);
        } catch (SourceFailure e) {
            return new CmdletOutput(List.of(), List.of(), Optional.of(e));
        }
    }

    private Part read(TraceFilter filter, TracePlace asked, CmdletOutput output) {
        List<TraceRow> rows = new ArrayList<>();
        for (JsonNode row : output.rows()) {
            CmdletRows.row(row).ifPresent(rows::add);
        }
        int unreadable = output.rows().size() - rows.size();
        if (output.ending().isPresent()) {
            return new Part(rows, unreadable, false, Optional.empty(), output.ending());
        }
        if (!isFull(output)) {
            return new Part(rows, unreadable, false, asked.before(filter, narrowest), Optional.empty());
        }
        try {
            return new Part(rows, unreadable, true, Optional.of(NextPlace.after(rows, asked)), Optional.empty());
        } catch (SourceFailure e) {
            return new Part(rows, unreadable, true, Optional.empty(), Optional.of(e));
        }
    }

    /** The vendor's warning only counts as a sign; the command in it is neither read nor run. */
    private boolean isFull(CmdletOutput output) {
        int count = output.rows().size();
        return count >= resultSize
                || count == DEFAULT_PAGE
                || output.warnings().stream()
                        .anyMatch(warning -> warning.toLowerCase(Locale.ROOT).contains(MORE));
    }

    private Map<String, Object> parameters(TraceFilter filter, TracePlace place) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("StartDate", place.from());
        parameters.put("EndDate", place.to());
        parameters.put("ResultSize", resultSize);
        filter.traceId().ifPresent(id -> parameters.put("MessageTraceId", id));
        filter.messageId().ifPresent(id -> parameters.put("MessageId", List.of(id)));
        filter.sender().ifPresent(sender -> parameters.put("SenderAddress", List.of(sender)));
        if (!filter.recipients().isEmpty()) {
            parameters.put("RecipientAddress", filter.recipients());
        }
        filter.subject().ifPresent(text -> {
            parameters.put("Subject", text);
            parameters.put("SubjectFilterType", "Contains");
        });
        place.recipient().ifPresent(recipient -> parameters.put("StartingRecipientAddress", recipient));
        return parameters;
    }

    private static boolean isTooMuch(SourceFailure failure) {
        return failure.state() == SourceState.TIMED_OUT || failure.getCause() instanceof ConnectionDroppedException;
    }

    /**
     * What one request brought.
     *
     * @param full whether there is more in the same window
     */
    private record Part(
            List<TraceRow> rows,
            int unreadable,
            boolean full,
            Optional<TracePlace> next,
            Optional<SourceFailure> ending) {}
}
