package org.mailtrace.proofpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceInfo;
import org.mailtrace.contract.SourcePart;
import org.mailtrace.contract.SourceState;
import org.mailtrace.proofpoint.quarantine.QuarantineCheck;
import org.mailtrace.proofpoint.quarantine.QuarantineFindings;
import org.mailtrace.proofpoint.record.RecordType;
import org.mailtrace.proofpoint.settings.ProofpointSettings;
import org.mailtrace.proofpoint.smartsearch.SmartSearch;
import org.mailtrace.proofpoint.vendor.Credentials;
import org.mailtrace.proofpoint.words.Sentences;
import org.mailtrace.source.SourceSettings;

/** How Proofpoint is doing, from what the last questions met; asks nothing itself, but for the log stream, whose records are here. */
@ApplicationScoped
class Condition {
    private final String name;
    private final SmartSearch search;
    private final StreamWay stream;
    private final QuarantineCheck quarantine;
    private final Credentials credentials;
    private final ProofpointSettings settings;
    private final Clock clock;
    private final Map<String, SourcePart> lastWords = new ConcurrentHashMap<>();

    Condition(
            SourceSettings source,
            SmartSearch search,
            StreamWay stream,
            QuarantineCheck quarantine,
            Credentials credentials,
            ProofpointSettings settings,
            Clock clock) {
        this.name = source.name();
        this.search = search;
        this.stream = stream;
        this.quarantine = quarantine;
        this.credentials = credentials;
        this.settings = settings;
        this.clock = clock;
    }

    SourceAnswer remember(SourceAnswer answer) {
        answer.parts().forEach(part -> lastWords.put(part.name(), part));
        return answer;
    }

    SourceInfo info() {
        boolean reads = settings.ask().readsStream();
        Credentials.Seen seen =
                reads ? Credentials.worstOf(List.of(credentials.seen(), stream.token())) : credentials.seen();
        List<SourcePart> records = reads ? stream.standing() : List.of();
        Optional<Instant> dataAsOf = reads ? stream.dataAsOf() : Optional.empty();
        return new SourceInfo(
                name,
                settings.ask().asksSmartSearch() ? search.guard().circuit() : circuitWithoutSearch(dataAsOf),
                settings.ask().asksSmartSearch() ? search.guard().lastSuccess() : dataAsOf,
                searchableFrom(records),
                dataAsOf,
                dataAsOf.map(newest ->
                        Math.max(0, Duration.between(newest, clock.instant()).toSeconds())),
                Optional.empty(),
                seen.state(),
                seen.since(),
                Stream.concat(
                                records.stream(),
                                Stream.concat(
                                                settings.ask().asksSmartSearch()
                                                        ? Stream.of(SmartSearchWay.PART)
                                                        : Stream.empty(),
                                                quarantine.configuredFolders().stream()
                                                        .map(QuarantineFindings::partName))
                                        .map(this::lastWordOf))
                        .toList());
    }

    /** Where nobody but our own store is asked, nothing can be open. */
    private static CircuitState circuitWithoutSearch(Optional<Instant> dataAsOf) {
        return dataAsOf.isPresent() ? CircuitState.CLOSED : CircuitState.UNKNOWN;
    }

    private Optional<Instant> searchableFrom(List<SourcePart> records) {
        return Stream.concat(
                        records.stream()
                                .filter(part -> part.name().equals(StreamWay.partName(RecordType.MESSAGE)))
                                .flatMap(part -> part.searchableFrom().stream()),
                        settings.ask().asksSmartSearch()
                                ? Stream.of(clock.instant().minus(settings.retention()))
                                : Stream.empty())
                .min(Instant::compareTo);
    }

    private SourcePart lastWordOf(String part) {
        return lastWords.getOrDefault(
                part,
                new SourcePart(
                        part,
                        SourceState.NOT_ASKED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Sentences.notAskedYet())));
    }
}
