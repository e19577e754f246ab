package org.mailtrace.gateway.sources;

import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.SourceInfo;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.ask.Source;

/** All configured sources. */
public record SourceList(List<Entry> sources) {
    public SourceList {
        sources = List.copyOf(sources);
    }

    /**
     * One source.
     *
     * @param state whether its service answered
     * @param circuit the gateway's own circuit towards its service
     * @param explanation why it did not answer
     * @param vendor what its service says about the vendor
     */
    public record Entry(
            String source,
            String title,
            SourceState state,
            CircuitState circuit,
            Optional<String> explanation,
            Optional<SourceInfo> vendor) {
        /** Of a source whose service answered. */
        static Entry of(Source source, SourceInfo vendor) {
            return new Entry(
                    source.name(),
                    source.settings().title(),
                    SourceState.ANSWERED,
                    source.circuit(),
                    Optional.empty(),
                    Optional.of(vendor));
        }

        /** Of a source whose service did not answer. */
        static Entry silent(Source source, SourceState state, String explanation) {
            return new Entry(
                    source.name(),
                    source.settings().title(),
                    state,
                    source.circuit(),
                    Optional.of(explanation),
                    Optional.empty());
        }
    }
}
