package org.mailtrace.exo.graph;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.wire.SameSite;
import org.mailtrace.exo.words.InterfaceWords;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;

/**
 * Where a page of Graph begins, as text that outlives the process. It carries how many pages came before and one mark of
 * an earlier page, which moves on at every power of two: so a circle of any length is noticed (Brent's algorithm)
 * without remembering every page.
 *
 * @param pages how many pages came before
 * @param mark the hash of an earlier page's address
 */
record PagePlace(int pages, int mark, URI address) {
    private static final Pattern TEXT = Pattern.compile("graph (\\d{1,9}) (-?\\d{1,10}) (\\S+)");

    static PagePlace first(URI address) {
        return new PagePlace(0, address.hashCode(), address);
    }

    /**
     * Reads a place.
     *
     * @throws SourceFailure if it is none, or leads elsewhere
     */
    static PagePlace read(String text, SameSite site) {
        Matcher matcher = TEXT.matcher(text);
        Optional<URI> address = matcher.matches() ? site.link(matcher.group(3)) : Optional.empty();
        if (address.isEmpty()) {
            throw new SourceFailure(SourceState.CANNOT_ANSWER, InterfaceWords.PLACE_UNKNOWN);
        }
        return new PagePlace(
                Integer.parseInt(matcher.group(1)), (int) Long.parseLong(matcher.group(2)), address.orElseThrow());
    }

    /**
     * The place of the next page.
     *
     * @throws SourceFailure if the next page was already read, or there are more than are followed
     */
    PagePlace next(URI link, int maxPages) {
        if (link.equals(address) || link.hashCode() == mark) {
            throw new SourceFailure(SourceState.FAILED, Words.PAGES_IN_A_CIRCLE);
        }
        int before = pages + 1;
        if (before >= maxPages) {
            throw new SourceFailure(SourceState.TRUNCATED, InterfaceWords.PAGES_WITHOUT_END);
        }
        boolean powerOfTwo = Integer.bitCount(before) == 1;
        return new PagePlace(before, powerOfTwo ? link.hashCode() : mark, link);
    }

    String text() {
        return "graph " + pages + " " + mark + " " + address;
    }
}
