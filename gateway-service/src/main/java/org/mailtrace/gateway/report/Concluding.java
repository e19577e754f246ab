package org.mailtrace.gateway.report;

import java.util.List;
import java.util.Map;
import org.mailtrace.contract.Observation;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.search.Asking;
import org.mailtrace.gateway.search.Whole;

/** Makes an answer out of everything that the sources gave. */
interface Concluding {
    /**
     * Follows messages to their next system, joins and concludes.
     *
     * @param rows what each source gave
     */
    Whole.Result conclude(Asking asking, Checkpoint gathered, Map<String, List<Observation>> rows, Caller caller);
}
