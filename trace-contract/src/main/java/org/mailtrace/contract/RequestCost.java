package org.mailtrace.contract;

import java.util.Optional;

/**
 * What a question costs, told before anything is spent.
 *
 * @param rowRequests vendor requests for rows: at least so many, because a slice with more rows than one page costs one
 *     for each page
 * @param detailRequests vendor requests for events and for members of groups: at most so many
 * @param aboutSeconds about how long it takes within the present budget; absent if that cannot be said
 */
public record RequestCost(int rowRequests, int detailRequests, Optional<Long> aboutSeconds) {
    public RequestCost {
        aboutSeconds = Absent.toEmpty(aboutSeconds);
        if (rowRequests < 0 || detailRequests < 0) {
            throw new IllegalArgumentException("a cost is not negative");
        }
    }
}
