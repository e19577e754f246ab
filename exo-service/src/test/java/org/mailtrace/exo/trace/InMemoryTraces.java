package org.mailtrace.exo.trace;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.Settings;
import org.mailtrace.exo.detail.DetailSettings;
import org.mailtrace.exo.detail.Details;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.quota.Priority;
import org.mailtrace.exo.quota.RequestBudget;
import org.mailtrace.exo.rows.DetailRow;
import org.mailtrace.exo.rows.MessageTraces;
import org.mailtrace.exo.rows.RowPage;
import org.mailtrace.exo.rows.Rows;
import org.mailtrace.exo.rows.TraceFilter;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;

/** Rows and events in memory, found as Exchange Online finds them. All synthetic. */
final class InMemoryTraces implements MessageTraces {
    private final List<TraceRow> rows = new CopyOnWriteArrayList<>();
    private final List<TraceRow> later = new CopyOnWriteArrayList<>();
    private final Map<String, List<DetailRow>> events = new ConcurrentHashMap<>();
    private final List<TraceFilter> asked = new CopyOnWriteArrayList<>();
    private volatile int most = Integer.MAX_VALUE;

    void add(TraceRow row) {
        rows.add(row);
    }

    /** What a row has become when its message is asked for by its id. */
    void then(TraceRow row) {
        later.add(row);
    }

    /** Events of a recipient, each {@code name|description}, two of them in every second. */
    void tell(String recipient, String... nameAndDescription) {
        events.put(
                recipient,
                IntStream.range(0, nameAndDescription.length)
                        .mapToObj(i -> new DetailRow(
                                TestRows.RECEIVED.plusSeconds(i / 2),
                                nameAndDescription[i].substring(0, nameAndDescription[i].indexOf('|')),
                                "",
                                nameAndDescription[i].substring(nameAndDescription[i].indexOf('|') + 1),
                                ""))
                        .toList());
    }

    /** Only so many rows of one message can be reached. */
    void cutAfter(int count) {
        most = count;
    }

    /** Everything in another order, and some of it several times. */
    void shuffle(Random random) {
        List<TraceRow> mixed = mixed(rows, random);
        rows.clear();
        rows.addAll(mixed);
        events.replaceAll((recipient, list) -> mixed(list, random));
    }

    List<TraceFilter> asked() {
        return List.copyOf(asked);
    }

    List<TraceRow> find(TraceFilter filter) {
        return rows.stream()
                .filter(row -> !row.receivedAt().isBefore(filter.from())
                        && !row.receivedAt().isAfter(filter.to()))
                .filter(row -> filter.traceId().map(row.traceId()::equals).orElse(true))
                .filter(row ->
                        filter.messageId().isEmpty() || filter.messageId().equals(row.messageId()))
                .filter(row -> filter.sender()
                        .map(sender -> new AddressPattern(sender).matches(row.sender()))
                        .orElse(true))
                .filter(row -> filter.recipients().isEmpty()
                        || filter.recipients().stream()
                                .anyMatch(recipient -> new AddressPattern(recipient).matches(row.recipient())))
                .toList();
    }

    @Override
    public Rows rows(TraceFilter filter, Errand errand) {
        asked.add(filter);
        if (filter.traceId().isPresent()) {
            later.forEach(row -> rows.replaceAll(old -> old.key().equals(row.key()) ? row : old));
        }
        List<TraceRow> found = find(filter);
        boolean cut = filter.traceId().isPresent() && found.size() > most;
        return new Rows(
                found.stream().limit(most).toList(),
                0,
                cut ? Optional.of(new SourceFailure(SourceState.TRUNCATED, Words.TOO_MANY_ROWS)) : Optional.empty());
    }

    @Override
    public List<DetailRow> details(TraceRow row, Errand errand) {
        return events.getOrDefault(
                row.recipient(),
                List.of(new DetailRow(row.receivedAt(), "Deliver", "", "The message was successfully delivered.", "")));
    }

    @Override
    public RowPage page(TraceFilter filter, Optional<String> place, Errand errand) {
        throw new UnsupportedOperationException("only reports read page by page");
    }

    @Override
    public boolean takesSeveralRecipients() {
        return false;
    }

    @Override
    public CircuitState circuit() {
        return CircuitState.CLOSED;
    }

    @Override
    public Optional<Instant> lastSuccess() {
        return Optional.empty();
    }

    /** The source in front of these rows; its state of credentials is not asked for. */
    ExchangeOnline service(Clock clock, Map<String, String> values) {
        TraceSettings settings = Settings.of(TraceSettings.class, values);
        DetailSettings detailSettings = Settings.of(DetailSettings.class, values);
        Organisation organisation = new Organisation(Settings.of(OrganisationSettings.class, values));
        return new ExchangeOnline(
                this,
                new Gatherer(this, settings),
                new Details(this, detailSettings, clock),
                new Observations(new RecipientReader(organisation), new OriginReader(organisation), settings),
                new Boundless(),
                TraceParts.costs(new Boundless(), values, clock),
                null,
                settings,
                detailSettings,
                clock);
    }

    private static <T> List<T> mixed(List<T> things, Random random) {
        List<T> mixed =
                new ArrayList<>(Stream.concat(things.stream(), things.stream().filter(thing -> random.nextBoolean()))
                        .toList());
        Collections.shuffle(mixed, random);
        return mixed;
    }

    private static final class Boundless implements RequestBudget {
        @Override
        public Optional<Duration> take(Priority priority) {
            return Optional.empty();
        }

        @Override
        public int remaining() {
            return Integer.MAX_VALUE;
        }

        @Override
        public Duration pause(Optional<Duration> pause) {
            return Duration.ZERO;
        }
    }
}
