package org.mailtrace.exo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.contract.Fault;
import org.mailtrace.contract.InvalidQuestionException;
import org.mailtrace.contract.Question;
import org.mailtrace.exo.words.ReportWords;

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
                default -> faults.add(new Fault(shown(parameter.getKey()), ReportWords.UNKNOWN_PARAMETER));
            }
            if (parameter.getValue().size() > 1) {
                faults.add(new Fault(shown(parameter.getKey()), ReportWords.ONCE));
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidQuestionException(faults);
        }
        return new PageOrder(limit, cursor);
    }

    private static int limit(String value, List<Fault> faults) {
        if (value.matches("\\d{1,4}")) {
            int limit = Integer.parseInt(value);
            if (limit >= 1 && limit <= Question.MAX_LIMIT) {
                return limit;
            }
        }
        faults.add(new Fault("limit", ReportWords.LIMIT));
        return Question.DEFAULT_LIMIT;
    }

    /** A parameter's name is the caller's text: it is shown short and without control characters. */
    private static String shown(String name) {
        String visible = name.replaceAll("\\p{Cntrl}", "");
        return visible.isEmpty() ? "?" : visible.substring(0, Math.min(60, visible.length()));
    }
}
