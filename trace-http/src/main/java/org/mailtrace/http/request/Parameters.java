package org.mailtrace.http.request;

import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.mailtrace.contract.Fault;
import org.mailtrace.contract.InvalidQuestionException;

/** The query of a request as the contract reads it: every name with all its values. */
public final class Parameters {
    private Parameters() {}

    /** All query parameters, decoded. */
    public static Map<String, List<String>> of(UriInfo uri) {
        return new TreeMap<>(uri.getQueryParameters());
    }

    /**
     * The query parameters of a request that takes no others than these, each once.
     *
     * @throws InvalidQuestionException with every parameter that is not known or repeated
     */
    public static Map<String, String> only(UriInfo uri, Set<String> known) {
        Map<String, String> values = new TreeMap<>();
        List<Fault> faults = new ArrayList<>();
        of(uri).forEach((name, given) -> {
            if (!known.contains(name)) {
                faults.add(Fault.unknown(name));
            } else if (given.size() > 1) {
                faults.add(Fault.repeated(name));
            } else {
                values.put(name, given.getFirst());
            }
        });
        if (!faults.isEmpty()) {
            throw new InvalidQuestionException(faults);
        }
        return values;
    }

    /**
     * For a request that takes no query parameters.
     *
     * @throws InvalidQuestionException with every parameter that was given all the same
     */
    public static void none(UriInfo uri) {
        only(uri, Set.of());
    }
}
