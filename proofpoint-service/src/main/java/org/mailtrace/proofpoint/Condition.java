package org.mailtrace.proofpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceInfo;
import org.mailtrace.contract.SourcePart;
import org.mailtrace.contract.SourceState;
import org.mailtrace.proofpoint.quarantine.QuarantineCheck;
import org.mailtrace.proofpoint.quarantine.QuarantineFindings;
import org.mailtrace.proofpoint.settings.ProofpointSettings;
import org.mailtrace.proofpoint.smartsearch.SmartSearch;
import org.mailtrace.proofpoint.vendor.Credentials;
import org.mailtrace.proofpoint.words.Sentences;

/** How Proofpoint is doing, from what the last questions met; asks nothing itself. */
@ApplicationScoped
class Condition {
    private final SmartSearch search;
    private final QuarantineCheck quarantine;
    private final Credentials credentials;
    private final ProofpointSettings settings;
    private final Clock clock;
    private final Map<String, SourcePart> lastWords = new ConcurrentHashMap<>();

    Condition(
            SmartSearch search,
            QuarantineCheck quarantine,
            Credentials credentials,
            ProofpointSettings settings,
            Clock clock) {
        this.search = search;
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
        Credentials.Seen seen = credentials.seen();
        return new SourceInfo(
                ProofpointSource.NAME,
                search.guard().circuit(),
                search.guard().lastSuccess(),
                Optional.of(clock.instant().minus(settings.retention())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                seen.state(),
                seen.since(),
                Stream.concat(
                                Stream.of(Answer.SMART_SEARCH),
                                quarantine.configuredFolders().stream().map(QuarantineFindings::partName))
                        .map(this::lastWordOf)
                        .toList());
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
