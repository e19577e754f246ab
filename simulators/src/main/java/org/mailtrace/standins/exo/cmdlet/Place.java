package org.mailtrace.standins.exo.cmdlet;

import java.time.Instant;
import org.mailtrace.standins.exo.SkipToken;

/** Where in a cmdlet's objects a page begins. */
record Place(int offset, Instant asOf) {
    static Place of(String skipToken, Instant now) {
        SkipToken token = skipToken == null ? SkipToken.first(now) : SkipToken.parse(skipToken);
        return new Place(token.offset(), token.asOf());
    }

    String after(int objects) {
        return new SkipToken(offset + objects, asOf, 0).text();
    }
}
