package org.mailtrace.proofpoint.fate;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What only the site knows: its routes, its own rule names, and what its users may release.
 *
 * @param reasons part of a rule's or folder's name to the reason it stands for
 * @param rules a rule's name in lower case to why it applies, in the site's words
 * @param releasable reasons for which a recipient may release
 * @param releaseUrl where
 * @param allowUrl where a recipient allows a sender
 */
public record Site(
        Route route,
        Map<String, String> reasons,
        Map<String, String> rules,
        Set<String> releasable,
        Optional<URI> releaseUrl,
        Optional<URI> allowUrl) {
    public Site {
        reasons = Map.copyOf(reasons);
        rules = rules.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        rule -> rule.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue, (first, second) -> first));
        releasable = Set.copyOf(releasable);
    }

    /** What the site says of a rule. */
    Optional<String> wordsOf(String rule) {
        return Optional.ofNullable(rules.get(rule.toLowerCase(Locale.ROOT)));
    }

    Optional<String> releaseUrlFor(Optional<String> reason) {
        return reason.filter(releasable::contains).flatMap(word -> releaseUrl).map(URI::toString);
    }
}
