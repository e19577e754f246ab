package org.mailtrace.gateway.join;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.contract.Observation;

/** Compares recipients without regard to case. */
final class Addresses {
    private Addresses() {}

    static String lower(String address) {
        return address.toLowerCase(Locale.ROOT);
    }

    /** The recipients that an observation lists. */
    static Set<String> of(Observation observation) {
        return observation.recipients().stream().map(r -> lower(r.address())).collect(Collectors.toSet());
    }

    /** The same, with the addresses that they went on under. */
    static Set<String> withOnwards(Observation observation) {
        return observation.recipients().stream()
                .flatMap(r -> Stream.concat(Stream.of(r.address()), r.relatedAddresses().stream()))
                .map(Addresses::lower)
                .collect(Collectors.toSet());
    }

    static boolean shared(Observation one, Observation other) {
        Set<String> addresses = of(one);
        return of(other).stream().anyMatch(addresses::contains);
    }
}
