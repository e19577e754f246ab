package org.mailtrace.gateway.report;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;

/**
 * What a report says about itself; stored as its progress, so that it is told without reading its checkpoint. It outlives
 * the result, so it holds no address and no subject.
 *
 * @param base the address by which the gateway was called when the report was ordered, with a slash at its end
 * @param sources how far it is with each source
 * @param end how it ended; present once it is concluded
 * @param trouble one sentence if it waits for something of the gateway's own
 */
@RegisterForReflection
record Standing(String base, List<SourceProgress> sources, Optional<End> end, Optional<String> trouble) {
    Standing {
        sources = List.copyOf(sources);
    }

    /**
     * What was concluded.
     *
     * @param anybody whether any source looked or gave a row
     * @param complete whether absence is proven, by the same rules as for an answer at once
     * @param summary what was found and what is not proven
     * @param traces how many traces are kept
     */
    @RegisterForReflection
    record End(boolean anybody, boolean complete, String summary, int traces) {}

    static Standing ofNew(String base) {
        return new Standing(base, List.of(), Optional.empty(), Optional.empty());
    }

    Standing with(Checkpoint at) {
        return new Standing(
                base, at.legs().stream().map(SourceProgress::of).toList(), Optional.empty(), Optional.empty());
    }

    Standing ended(End how) {
        return new Standing(base, sources, Optional.of(how), Optional.empty());
    }

    Standing waitingFor(String sentence) {
        return new Standing(base, sources, end, Optional.of(sentence));
    }
}
