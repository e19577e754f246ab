package org.mailtrace.onprem.search;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.SourcePart;
import org.mailtrace.contract.SourceState;
import org.mailtrace.onprem.live.LivePart;
import org.mailtrace.onprem.live.LiveSentences;
import org.mailtrace.onprem.live.LiveTarget;

/**
 * How well a server's files and the server itself looked together. A part is as good as what both prove: the files up to a
 * moment, the server from there on.
 */
final class BothWays {
    private BothWays() {}

    /** The server alone was asked. */
    static Looked live(LivePart live) {
        return new Looked(
                new SourcePart(live.server(), live.state(), live.since(), live.askedAt(), live.sentence()),
                live.provenUntil());
    }

    /**
     * Both were asked.
     *
     * @param from start of the window, UTC
     */
    static Looked joined(Looked files, LiveTarget target, LivePart live, Instant from) {
        boolean filesTold = target.from().isAfter(from);
        return live.state().looked()
                ? completed(files, target, live, from, filesTold)
                : alone(files, target, live, filesTold);
    }

    /** How a server's files stand and, where it is asked itself too, how that stands. */
    static SourcePart standing(SourcePart files, List<SourcePart> live) {
        return live.stream()
                .filter(each -> each.name().equals(files.name()))
                .flatMap(each -> each.explanation().stream())
                .findFirst()
                .map(sentence -> new SourcePart(
                        files.name(),
                        files.state(),
                        files.searchableFrom(),
                        files.dataAsOf(),
                        Optional.of(files.explanation()
                                .map(text -> text + " " + sentence)
                                .orElse(sentence))))
                .orElse(files);
    }

    private static Looked completed(Looked files, LiveTarget target, LivePart live, Instant from, boolean filesTold) {
        String name = files.part().name();
        boolean tooOld = filesTold
                && files.part().searchableFrom().filter(from::isBefore).isPresent();
        String which = filesTold ? LiveSentences.bothWays(name, target.from()) : LiveSentences.serverAlone(name);
        String sentence = tooOld
                ? files.part().explanation().map(text -> text + " " + which).orElse(which)
                : which;
        return new Looked(
                new SourcePart(
                        name,
                        tooOld ? SourceState.OUT_OF_RETENTION : SourceState.ANSWERED,
                        filesTold ? files.part().searchableFrom() : live.since(),
                        live.askedAt(),
                        Optional.of(sentence)),
                live.provenUntil());
    }

    private static Looked alone(Looked files, LiveTarget target, LivePart live, boolean filesTold) {
        SourcePart part = files.part();
        String why = live.sentence().orElse("");
        String sentence;
        if (part.state().looked() || filesTold) {
            String told = LiveSentences.filesAlone(part.name(), target.from(), why);
            sentence = part.explanation().map(text -> text + " " + told).orElse(told);
        } else {
            sentence = part.explanation().map(text -> text + " " + why).orElse(why);
        }
        // More rows than could be read exist, whatever the files say.
        SourceState state =
                part.state().looked() && live.state() == SourceState.TRUNCATED ? live.state() : part.state();
        return new Looked(
                new SourcePart(part.name(), state, part.searchableFrom(), part.dataAsOf(), Optional.of(sentence)),
                files.provenUntil());
    }
}
