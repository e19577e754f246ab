package org.mailtrace.gateway.search;

import java.util.List;
import java.util.Map;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.gateway.ask.Questioner.Put;

/** How a page gets at the sources. */
interface Reader {
    /** Asks all of it at once. */
    Map<Put, SourceAnswer> ask(List<Put> puts);

    /** Whether there is time to ask once more. */
    boolean mayGoOn();
}
