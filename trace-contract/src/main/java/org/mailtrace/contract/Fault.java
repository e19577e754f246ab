package org.mailtrace.contract;

import java.util.Objects;

/**
 * One thing that is wrong with a question.
 *
 * @param parameter the parameter's name
 * @param message one sentence that says what is wrong and what would be right
 */
public record Fault(String parameter, String message) {
    private static final int LONGEST_NAME = 60;

    public Fault {
        Objects.requireNonNull(parameter, "parameter");
        Objects.requireNonNull(message, "message");
    }

    /** A parameter that nobody knows. Its name is the caller's text: it is shown short and without control characters. */
    public static Fault unknown(String name) {
        return new Fault(shown(name), "This parameter is not known.");
    }

    /** A parameter that was given more than once. */
    public static Fault repeated(String name) {
        return new Fault(shown(name), "Give this parameter once.");
    }

    /** A page size that is none; see {@link Question#pageSize(String)}. */
    public static Fault pageSize(String name) {
        return new Fault(name, "Use a whole number from 1 to " + Question.MAX_LIMIT + ".");
    }

    private static String shown(String name) {
        String visible = name.chars()
                .filter(c -> !Character.isISOControl(c))
                .limit(LONGEST_NAME)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return visible.isEmpty() ? "?" : visible;
    }
}
