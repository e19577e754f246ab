package org.mailtrace.exo.history.csv;

import java.util.List;

/** A file that is not what it ought to be. Its faults are whole sentences and never quote the file. */
public final class UnfitFile extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    public UnfitFile(String fault) {
        this(List.of(fault));
    }

    public UnfitFile(List<String> faults) {
        super("The file has " + faults.size() + (faults.size() == 1 ? " fault." : " faults."));
        this.faults = List.copyOf(faults);
    }

    /** Every fault, at least one. */
    public List<String> faults() {
        return faults;
    }
}
