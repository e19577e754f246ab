package org.mailtrace.gateway.report;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.gateway.answer.Trace;
import org.mailtrace.gateway.answer.TraceAnswer;
import org.mailtrace.gateway.search.Room;
import org.mailtrace.gateway.search.Shape;
import org.mailtrace.gateway.search.Whole;
import org.mailtrace.gateway.settings.GatewaySettings;
import org.mailtrace.gateway.store.StoredJson;
import org.mailtrace.jobs.Finding;
import org.mailtrace.jobs.FindingGroup;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.Place;

/** The result of a report as it is kept: its traces, each as it is shown, and behind them the rest of the answer. */
@ApplicationScoped
@RegisterForReflection(targets = {Trace.class, TraceAnswer.class})
class Kept {
    private static final String HEAD = "answer";
    private static final String TRACE = "trace ";
    /** Behind all traces, before the rows. */
    private static final Instant HEAD_AT = Instant.EPOCH.plusMillis(1);

    private final Jobs jobs;
    private final StoredJson json;
    private final int bodyLimit;

    Kept(Jobs jobs, StoredJson json, GatewaySettings settings) {
        this.jobs = jobs;
        this.json = json;
        this.bodyLimit = settings.bodyLimit();
    }

    /** What is stored, all at once: one trace each, and the head. */
    List<Finding> findings(Whole.Result result) {
        List<Finding> findings = new ArrayList<>();
        for (Whole.Kept kept : result.traces()) {
            String key = TRACE + kept.key();
            findings.add(new Finding(key, key, kept.trace().firstSeen(), json.write(kept.trace())));
        }
        findings.add(new Finding(HEAD, HEAD, HEAD_AT, json.write(result.answer())));
        return findings;
    }

    /** A page of it; the next one begins behind the place. */
    record Page(TraceAnswer answer, Optional<Place> next) {}

    /**
     * Reads a page; it ends early rather than becoming larger than a body may be. Of a single trace that is larger a part is
     * left out, and that is said.
     *
     * @param base the gateway's own address, with a slash at its end
     */
    Page page(String report, Optional<Place> after, int limit, Shape shape, String base) {
        TraceAnswer head = head(report);
        Room room = new Room(bodyLimit, shape, asked(head.query()));
        List<FindingGroup> groups = jobs.findings(report, after, limit + 1).stream()
                .filter(group -> group.key().startsWith(TRACE))
                .toList();
        List<Trace> traces = new ArrayList<>();
        for (FindingGroup group : groups.stream().limit(limit).toList()) {
            Trace kept = json.read(group.findings().getFirst().body(), Trace.class);
            Optional<Trace> fitting = room.take(shown(kept, base));
            if (fitting.isEmpty()) {
                break;
            }
            traces.add(fitting.orElseThrow());
        }
        Optional<Place> next =
                groups.size() > traces.size() ? Optional.of(place(groups.get(traces.size() - 1))) : Optional.empty();
        return new Page(with(head, traces, room.warnings()), next);
    }

    private static Predicate<String> asked(TraceAnswer.QueryEcho query) {
        List<AddressPattern> patterns =
                query.recipient().stream().map(AddressPattern::new).toList();
        return address -> patterns.stream().anyMatch(pattern -> pattern.matches(address));
    }

    private TraceAnswer head(String report) {
        return jobs.findings(report, Optional.of(new Place(HEAD_AT, "")), 1).stream()
                .filter(group -> group.key().equals(HEAD))
                .map(group -> json.read(group.findings().getFirst().body(), TraceAnswer.class))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a concluded report has no answer"));
    }

    private static Place place(FindingGroup group) {
        return new Place(group.firstAt(), group.key());
    }

    private static TraceAnswer with(TraceAnswer head, List<Trace> traces, List<String> warnings) {
        return new TraceAnswer(
                head.query(),
                head.complete(),
                head.summary(),
                head.timeZone(),
                traces,
                head.sources(),
                Stream.concat(head.warnings().stream(), warnings.stream()).toList(),
                new TraceAnswer.PageLinks(Optional.empty()));
    }

    /** Links are kept without the address that the gateway happened to be called by. */
    private static Trace shown(Trace kept, String base) {
        return new Trace(
                kept.id(),
                kept.messageId(),
                kept.networkMessageId(),
                kept.sender(),
                kept.headerFrom(),
                kept.subject(),
                kept.sizeBytes(),
                kept.direction(),
                kept.firstSeen(),
                kept.lastSeen(),
                kept.path(),
                kept.join(),
                kept.recipients(),
                kept.notices(),
                kept.related(),
                kept.events(),
                new Trace.Links(base + kept.links().self(), kept.links().consoles()));
    }
}
