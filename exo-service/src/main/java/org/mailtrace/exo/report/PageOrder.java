package org.mailtrace.exo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.contract.Fault;
import org.mailtrace.contract.InvalidQuestionException;
import org.mailtrace.contract.Question;

/**
 * Which page of a result is wanted.
 *
 * @param limit page size
 * @param cursor where it begins
 */
record PageOrder(int limit, Optional<String> cursor) {
    /** Reads it, with all its faults at once. */
    static PageOrder of(Map<String, List<String>> parameters) {
        List<Fault> faults = new ArrayList<>();
        int limit = Question.DEFAULT_LIMIT;
        Optional<String> cursor = Optional.empty();
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            String value = parameter.getValue().getFirst();
            switch (parameter.getKey()) {
                case "limit" -> limit = limit(value, faults);
                case "cursor" -> cursor = Optional.of(value);
                default -> faults.add(Fault.unknown(parameter.getKey()));
            }
            if (parameter.getValue().size() > 1) {
                faults.add(Fault.repeated(parameter.getKey()));
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidQuestionException(faults);
        }
        return new PageOrder(limit, cursor);
    }

    private static int limit(String value, List<Fault> faults) {
        return Question.pageSize(value).orElseGet(() -> {
            faults.add(Fault.pageSize("limit"));
            return Question.DEFAULT_LIMIT;
        });
    }
}
