package org.mailtrace.standins.exo.cmdlet;

import java.time.Instant;
import java.util.List;

/** One cmdlet of the admin API. */
public interface Cmdlet {
    /** As requests name it. */
    String name();

    /**
     * Runs it.
     *
     * @throws org.mailtrace.standins.exo.TraceRefusedException if it refuses its arguments
     */
    Output run(Arguments arguments, Instant now);

    /** Objects and warnings. */
    record Output(List<PropertyBag> objects, List<String> warnings) {
        public Output {
            objects = List.copyOf(objects);
            warnings = List.copyOf(warnings);
        }

        /** Without a warning. */
        public static Output of(List<PropertyBag> objects) {
            return new Output(objects, List.of());
        }
    }
}
