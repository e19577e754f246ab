package org.mailtrace.standins.traffic;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the pages of Exchange Online's lists go wrong. */
public enum PageFault {
    /** Each page comes twice, under different links. */
    @JsonProperty("repeated")
    REPEATED,
    /** Every page but the first leads back to itself; the cmdlet recommends the question that was just answered. */
    @JsonProperty("circle")
    CIRCLE,
    /** The next page is said to be on another host. */
    @JsonProperty("foreign")
    FOREIGN,
    /** After the last row follow empty pages, each with a link of its own, without end. */
    @JsonProperty("endless")
    ENDLESS
}
