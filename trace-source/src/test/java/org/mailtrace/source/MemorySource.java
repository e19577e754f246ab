package org.mailtrace.source;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.CredentialState;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceInfo;
import org.mailtrace.contract.SourceState;
import org.mailtrace.contract.TraceEvent;

/** The smallest source that keeps the contract, so that the door and the contract test are tested without a vendor. */
@ApplicationScoped
class MemorySource implements TraceSource {
    static final Instant NEWEST = Instant.parse("2026-11-23T08:00:00Z");

    private final AtomicBoolean away = new AtomicBoolean();
    private final List<Observation> all =
            IntStream.range(0, 5).mapToObj(MemorySource::observation).toList();

    void away(boolean isAway) {
        away.set(isAway);
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public SourceAnswer search(Question question) {
        if (away.get()) {
            return SourceAnswer.without(name(), SourceState.FAILED, "The memory could not be reached.", 0);
        }
        Page page = Page.of(
                all.stream()
                        .filter(o -> question.covers(o.firstSeen()))
                        .filter(o -> o.recipients().stream().anyMatch(r -> question.asksForRecipient(r.address())))
                        .toList(),
                question);
        return answer(page, Optional.of(question.from()), Optional.of(question.to()));
    }

    @Override
    public SourceAnswer find(String sourceId) {
        if (away.get()) {
            return SourceAnswer.without(name(), SourceState.FAILED, "The memory could not be reached.", 0);
        }
        List<Observation> found =
                all.stream().filter(o -> o.sourceId().equals(sourceId)).toList();
        return answer(new Page(found, Optional.empty()), Optional.of(Instant.EPOCH), Optional.of(NEWEST));
    }

    @Override
    public SourceInfo info() {
        return new SourceInfo(
                name(),
                CircuitState.CLOSED,
                Optional.of(NEWEST),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                CredentialState.UNKNOWN,
                Optional.empty(),
                List.of());
    }

    private SourceAnswer answer(Page page, Optional<Instant> from, Optional<Instant> to) {
        return new SourceAnswer(
                name(),
                SourceState.ANSWERED,
                from,
                to,
                Optional.empty(),
                Optional.empty(),
                to,
                1,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                page.observations(),
                page.next());
    }

    private static Observation observation(int index) {
        // Two share an instant, so that paging has a tie to break.
        Instant seen = NEWEST.minusSeconds(60L * (index / 2));
        Recipient recipient = new Recipient(
                "ana@rivercounty.example",
                RecipientStatus.DELIVERED,
                Optional.of("delivered"),
                Optional.of(seen),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                "It is in the mailbox.",
                Optional.empty());
        return new Observation(
                new SourceId(seen, "row " + index).encoded(),
                Optional.of("<" + index + "@contoso.example>"),
                Optional.empty(),
                Optional.of("sam@contoso.example"),
                Optional.empty(),
                Optional.of("Quarterly report"),
                Optional.of(4711L),
                seen,
                seen,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(1),
                true,
                true,
                List.of(recipient),
                List.of(new TraceEvent(
                        seen, EventType.DELIVER, Optional.empty(), Optional.empty(), Optional.empty(), List.of())),
                List.of(),
                Optional.empty());
    }
}
