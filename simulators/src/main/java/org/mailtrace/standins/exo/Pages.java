package org.mailtrace.standins.exo;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.mailtrace.standins.traffic.FaultSwitches;
import org.mailtrace.standins.traffic.PageFault;

/**
 * Cuts a list into pages as badly as OData allows: now and then a page has no rows but a next link, or begins with the
 * row that ended the one before. Worse than that only by a fault switch.
 */
@ApplicationScoped
class Pages {
    private static final int EMPTY_ONE_IN = 8;
    private static final int REPEATED_ONE_IN = 4;
    private static final int IN_A_CIRCLE = 1000;

    /**
     * A page.
     *
     * @param elsewhere whether its next link names another host
     */
    record Cut(List<TraceRow> rows, Optional<SkipToken> next, boolean elsewhere) {}

    private final Quirks quirks;
    private final FaultSwitches switches;

    Pages(Quirks quirks, FaultSwitches switches) {
        this.quirks = quirks;
        this.switches = switches;
    }

    Cut cut(List<TraceRow> all, String question, int size, SkipToken at) {
        Optional<PageFault> fault = switches.pages();
        if (fault.isEmpty() && at.turn() == 0 && quirks.happens(EMPTY_ONE_IN, "empty", question, at.offset())) {
            return new Cut(List.of(), Optional.of(at.again()), false);
        }
        int start = Math.min(at.offset(), all.size());
        if (fault.isEmpty() && start > 0 && size > 1 && quirks.happens(REPEATED_ONE_IN, "repeated", question, start)) {
            start--;
        }
        int end = Math.min(start + size, all.size());
        Optional<SkipToken> next = end < all.size() ? Optional.of(new SkipToken(end, at.asOf(), 0)) : Optional.empty();
        Optional<SkipToken> said =
                fault.map(kind -> next(kind, at, next, all.size())).orElse(next);
        return new Cut(
                all.subList(start, end),
                said,
                fault.filter(PageFault.FOREIGN::equals).isPresent());
    }

    private static Optional<SkipToken> next(PageFault fault, SkipToken at, Optional<SkipToken> next, int all) {
        return switch (fault) {
            case REPEATED -> at.turn() == 0 ? Optional.of(at.again()) : next;
            case CIRCLE -> Optional.of(new SkipToken(0, at.asOf(), IN_A_CIRCLE));
            case FOREIGN -> next.or(() -> Optional.of(at.again()));
            case ENDLESS -> next.or(() -> Optional.of(new SkipToken(all, at.asOf(), at.turn() + 1)));
        };
    }
}
