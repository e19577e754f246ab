package org.mailtrace.contract;

import java.util.List;

/** A question that cannot be asked; carries every fault at once. */
public final class InvalidQuestionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    public InvalidQuestionException(List<Fault> faults) {
        super("The question has " + faults.size() + (faults.size() == 1 ? " fault." : " faults."));
        this.faults = List.copyOf(faults);
    }

    /** All faults, in the order of the parameters. */
    public List<Fault> faults() {
        return faults;
    }
}
