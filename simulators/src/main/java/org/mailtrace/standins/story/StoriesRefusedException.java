package org.mailtrace.standins.story;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The stories cannot be played; says everything that is wrong with them at once. A configuration exception, so that a start
 * ends with these lines and not with a stack trace.
 */
public final class StoriesRefusedException extends ConfigurationException {
    private static final long serialVersionUID = 1L;

    private final transient List<StoryFault> faults;

    StoriesRefusedException(List<StoryFault> faults) {
        super(faults.stream().map(StoryFault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /** Every fault, in the order of files and lines. */
    public List<StoryFault> faults() {
        return faults;
    }
}
