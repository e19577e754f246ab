package org.mailtrace.gateway.conclude;

import java.util.List;

/** The rules in their order; the first that concludes wins. The order is part of the meaning. */
final class Rules {
    static final List<Rule> IN_ORDER = List.of(
            new InMailbox(),
            new HeldInQuarantine(),
            new FinalWord(),
            new Readdressed(),
            new StillTrying(),
            new HandedOutside(),
            new TakenUpInPart(),
            new NotTellable(),
            new NextHopDidNotLook(),
            new NotVisibleYet(),
            new OtherWithSameId(),
            new MissingAtNextHop(),
            new NothingProven());

    private Rules() {}
}
