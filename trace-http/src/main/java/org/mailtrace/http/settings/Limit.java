package org.mailtrace.http.settings;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** One limit of a setting, and what is said where a value breaks it. */
record Limit(Predicate<Object> holds, String sentence) {
    /**
     * As the annotation says it.
     *
     * @throws IllegalStateException for one that nobody would look at
     */
    static Limit of(Annotation annotation) {
        return switch (annotation) {
            case Min min -> least((double) min.value(), Long.toString(min.value()));
            case Max max -> most((double) max.value(), Long.toString(max.value()));
            case DecimalMin min -> least(Double.parseDouble(min.value()), min.value());
            case DecimalMax max -> most(Double.parseDouble(max.value()), max.value());
            case NotEmpty ignored -> new Limit(Limit::holdsSomething, "must not be empty");
            case Pattern form -> new Limit(value -> value.toString().matches(form.regexp()), form.message());
            default -> throw new IllegalStateException("no setting is held to " + annotation);
        };
    }

    /** What is said of the value if it breaks this; an optional one that is absent breaks nothing. */
    Optional<String> broken(Object value) {
        return value instanceof Optional<?> optional
                ? optional.flatMap(this::broken)
                : holds.test(value) ? Optional.empty() : Optional.of(sentence);
    }

    private static Limit least(double limit, String written) {
        return new Limit(value -> number(value) >= limit, "must be greater than or equal to " + written);
    }

    private static Limit most(double limit, String written) {
        return new Limit(value -> number(value) <= limit, "must be less than or equal to " + written);
    }

    /** Exact for every whole number up to 2^53, of which no setting has more. */
    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static boolean holdsSomething(Object value) {
        return switch (value) {
            case Map<?, ?> map -> !map.isEmpty();
            case Collection<?> collection -> !collection.isEmpty();
            default -> !value.toString().isEmpty();
        };
    }
}
