package org.mailtrace.gateway.report;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.contract.Fault;
import org.mailtrace.contract.InvalidQuestionException;
import org.mailtrace.contract.Question;
import org.mailtrace.gateway.words.ReportWords;
import org.mailtrace.jobs.Place;

/**
 * Which page of a result is wanted.
 *
 * @param limit page size
 * @param after where it begins
 */
record PageOrder(int limit, Optional<Place> after) {
    private static final int MAX_CURSOR = 4000;

    /** Reads it, with all its faults at once. */
    static PageOrder of(Map<String, List<String>> parameters) {
        List<Fault> faults = new ArrayList<>();
        int limit = Question.DEFAULT_LIMIT;
        Optional<Place> after = Optional.empty();
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            String value = parameter.getValue().getFirst();
            switch (parameter.getKey()) {
                case "limit" -> limit = limit(value, faults);
                case "cursor" -> {
                    after = place(value);
                    if (after.isEmpty()) {
                        faults.add(new Fault("cursor", ReportWords.CURSOR));
                    }
                }
                default -> faults.add(Fault.unknown(parameter.getKey()));
            }
            if (parameter.getValue().size() > 1) {
                faults.add(Fault.repeated(parameter.getKey()));
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidQuestionException(faults);
        }
        return new PageOrder(limit, after);
    }

    /** The cursor of the page that begins behind a place. */
    static String cursor(Place place) {
        String plain = place.firstAt().toEpochMilli() + "\n" + place.group();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Place> place(String cursor) {
        try {
            String[] parts = cursor.length() > MAX_CURSOR
                    ? new String[0]
                    : new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\n", 2);
            if (parts.length == 2) {
                return Optional.of(new Place(Instant.ofEpochMilli(Long.parseLong(parts[0])), parts[1]));
            }
        } catch (IllegalArgumentException e) {
            // Said by the caller of this: whatever is wrong with it, it is not one of ours.
        }
        return Optional.empty();
    }

    private static int limit(String value, List<Fault> faults) {
        return Question.pageSize(value).orElseGet(() -> {
            faults.add(Fault.pageSize("limit"));
            return Question.DEFAULT_LIMIT;
        });
    }
}
