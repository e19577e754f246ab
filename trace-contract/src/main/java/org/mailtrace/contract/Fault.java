package org.mailtrace.contract;

import java.util.Objects;

/**
 * One thing that is wrong with a question.
 *
 * @param parameter the parameter's name
 * @param message one sentence that says what is wrong and what would be right
 */
public record Fault(String parameter, String message) {
    public Fault {
        Objects.requireNonNull(parameter, "parameter");
        Objects.requireNonNull(message, "message");
    }
}
