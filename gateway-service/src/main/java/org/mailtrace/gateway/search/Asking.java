package org.mailtrace.gateway.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.Outcome;
import org.mailtrace.contract.Question;
import org.mailtrace.gateway.ask.Caller;

/**
 * One question as it came to the gateway.
 *
 * @param question the question, with its window made explicit
 * @param sources the sources to ask
 * @param outcomes the outcomes to show; empty for all
 * @param cursor where the page begins
 * @param given the parameters as they were given, for the link to the next page
 */
public record Asking(
        Question question,
        Set<String> sources,
        Set<Outcome> outcomes,
        Optional<Cursor> cursor,
        Map<String, List<String>> given,
        Caller caller) {}
