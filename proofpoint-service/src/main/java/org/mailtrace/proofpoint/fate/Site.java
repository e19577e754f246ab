package org.mailtrace.proofpoint.fate;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What only the site knows: its routes, its own rule names, and what its users may release.
 *
 * @param reasons part of a rule's or folder's name to the reason it stands for
 * @param releasable reasons for which a recipient may release
 * @param releaseUrl where
 * @param allowUrl where a recipient allows a sender
 */
public record Site(
        Route route,
        Map<String, String> reasons,
        Set<String> releasable,
        Optional<URI> releaseUrl,
        Optional<URI> allowUrl) {
    public Site {
        reasons = Map.copyOf(reasons);
        releasable = Set.copyOf(releasable);
    }

    Optional<String> releaseUrlFor(Optional<String> reason) {
        return reason.filter(releasable::contains).flatMap(word -> releaseUrl).map(URI::toString);
    }
}
