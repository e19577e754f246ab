package org.mailtrace.gateway.report;

import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.gateway.store.StoredJson;
import org.mailtrace.jobs.Finding;
import org.mailtrace.jobs.FindingGroup;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.Place;

/**
 * The sources' rows of a report, page by page. They stand behind all traces, where no reader of traces comes, and are
 * emptied once the traces are concluded.
 */
@ApplicationScoped
@RegisterForReflection(targets = {Observation.class, SourceAnswer.class})
class Rows {
    /** Behind every trace and behind the answer's head. */
    private static final Instant LAST = Instant.EPOCH;

    private static final int AT_ONCE = 20;
    private static final TypeReference<List<Observation>> LIST = new TypeReference<>() {};

    private final StoredJson json;

    Rows(StoredJson json) {
        this.json = json;
    }

    /**
     * As much of a page as there was room for.
     *
     * @param finding as it is stored; read again it replaces what it was
     * @param rows how many
     * @param whole whether all of them
     */
    record Page(Finding finding, int rows, boolean whole) {}

    /**
     * One page, or its first rows.
     *
     * @param room so many bytes may they take as JSON
     */
    Page page(String source, int number, List<Observation> rows, long room) {
        String key = key(source, number);
        String body = json.write(rows);
        if (body.length() <= room) {
            return new Page(new Finding(key, key, LAST, body), rows.size(), true);
        }
        List<Observation> first = first(rows, room);
        return new Page(new Finding(key, key, LAST, json.write(first)), first.size(), false);
    }

    private List<Observation> first(List<Observation> rows, long room) {
        int fitting = 0;
        long left = room - "[]".length();
        for (Observation row : rows) {
            left -= json.write(row).length() + ",".length();
            if (left < 0) {
                break;
            }
            fitting++;
        }
        return rows.subList(0, fitting);
    }

    /** Nothing, in place of every page. */
    List<Finding> emptied(Checkpoint at) {
        return at.legs().stream()
                .flatMap(leg -> IntStream.range(0, leg.pages())
                        .mapToObj(number -> key(leg.source(), number))
                        .map(key -> new Finding(key, key, LAST, "")))
                .toList();
    }

    /** All rows of all sources; a row that came on two pages counts once. */
    Map<String, List<Observation>> all(Jobs jobs, String report, Checkpoint at) {
        Map<String, Leg> pages = new LinkedHashMap<>();
        Map<String, Map<String, Observation>> rows = new LinkedHashMap<>();
        for (Leg leg : at.legs()) {
            rows.put(leg.source(), new LinkedHashMap<>());
            IntStream.range(0, leg.pages()).forEach(number -> pages.put(key(leg.source(), number), leg));
        }
        Optional<Place> place = Optional.of(new Place(LAST, ""));
        List<FindingGroup> groups = jobs.findings(report, place, AT_ONCE);
        while (!groups.isEmpty()) {
            for (FindingGroup group : groups) {
                Optional.ofNullable(pages.get(group.key()))
                        .ifPresent(leg -> json.read(group.findings().getFirst().body(), LIST)
                                .forEach(row -> rows.get(leg.source()).putIfAbsent(row.sourceId(), row)));
            }
            place = Optional.of(new Place(LAST, groups.getLast().key()));
            groups = jobs.findings(report, place, AT_ONCE);
        }
        Map<String, List<Observation>> lists = new LinkedHashMap<>();
        rows.forEach((source, byId) -> lists.put(source, new ArrayList<>(byId.values())));
        return lists;
    }

    private static String key(String source, int number) {
        return String.format("rows %s %06d", source, number);
    }
}
