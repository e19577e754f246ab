package org.mailtrace.gateway.conclude;

import java.util.Optional;

/** One rule: it concludes, or leaves the case to the next one. */
interface Rule {
    /** The rule's name, as it stands in evidence and tests. */
    String name();

    Optional<Conclusion> conclude(Case recipient);
}
