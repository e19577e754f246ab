package org.mailtrace.standins.onprem;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.mailtrace.standins.StandInsConfig;
import org.mailtrace.standins.state.StateDirectory;
import org.mailtrace.standins.story.StoryBook;
import org.mailtrace.standins.traffic.FaultSwitches;

/** Keeps every server's tracking logs: the past at once, then what is due, for as long as the stand-ins run. */
@ApplicationScoped
public class TrackingLogs {
    private static final Logger LOG = Logger.getLogger(TrackingLogs.class);
    private static final Duration TICK = Duration.ofMillis(500);

    private final StandInsConfig.OnpremExchange config;
    private final StoryBook book;
    private final Servers servers;
    private final ProbeRows probes;
    private final StateDirectory state;
    private final FaultSwitches faults;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tracking-logs").factory());
    private final List<TrackingRow> pending = new CopyOnWriteArrayList<>();
    private final Map<String, NavigableMap<Instant, List<TrackingRow>>> told = new ConcurrentHashMap<>();
    private Optional<ScheduledFuture<?>> ticks = Optional.empty();
    private Instant nextProbe = Instant.MIN;

    TrackingLogs(
            StandInsConfig config,
            StoryBook book,
            Servers servers,
            ProbeRows probes,
            StateDirectory state,
            FaultSwitches faults,
            Clock clock) {
        this.config = config.onpremExchange();
        this.book = book;
        this.servers = servers;
        this.probes = probes;
        this.state = state;
        this.faults = faults;
        this.clock = clock;
    }

    /** Writes the past, and from now on whatever becomes due. */
    public void begin() {
        Instant now = clock.instant();
        List<TrackingRow> rows = new ArrayList<>(history(now));
        book.stories().forEach(story -> rows.addAll(new StoryRows(story, servers).render()));
        Instant oldest = now.minus(Duration.ofDays(config.historyDays()));
        try {
            for (String server : servers.names()) {
                Files.createDirectories(state.trackingLogs(server));
                Files.deleteIfExists(hidden(server));
            }
            Map<Path, List<TrackingRow>> files = new TreeMap<>();
            Map<Path, LogFile> byPath = new TreeMap<>();
            for (TrackingRow row : rows) {
                if (row.visibleAt().isAfter(now)) {
                    pending.add(row);
                } else if (row.at().isAfter(oldest)) {
                    LogFile file = file(row, day(row.at()));
                    byPath.put(file.path(), file);
                    files.computeIfAbsent(file.path(), p -> new ArrayList<>()).add(row);
                    tell(row);
                }
            }
            for (Map.Entry<Path, List<TrackingRow>> entry : files.entrySet()) {
                entry.getValue().sort(Comparator.comparing(TrackingRow::at));
                byPath.get(entry.getKey()).append(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The tracking logs cannot be written.", e);
        }
        nextProbe = now.plus(config.heartbeat());
        ticks = Optional.of(
                timer.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS));
    }

    /**
     * What a server itself tells of its rows, also while its files stand still or cannot be reached.
     *
     * @param from inclusive
     * @param to exclusive
     */
    List<Map<String, String>> rows(String server, Instant from, Instant to) {
        if (!from.isBefore(to)) {
            return List.of();
        }
        Instant now = clock.instant();
        Stream<TrackingRow> written =
                told.getOrDefault(server, new ConcurrentSkipListMap<>()).subMap(from, true, to, false).values().stream()
                        .flatMap(List::stream);
        Stream<TrackingRow> unwritten = pending.stream()
                .filter(row -> row.server().equals(server) && !row.visibleAt().isAfter(now))
                .filter(row -> !row.at().isBefore(from) && row.at().isBefore(to));
        return Stream.concat(written, unwritten)
                .distinct()
                .sorted(Comparator.comparing(TrackingRow::at))
                .map(TrackingRow::fields)
                .toList();
    }

    /** Whether there is such a server. */
    boolean knows(String server) {
        return servers.names().contains(server);
    }

    private void tell(TrackingRow row) {
        told.computeIfAbsent(row.server(), any -> new ConcurrentSkipListMap<>())
                .computeIfAbsent(row.at(), any -> new CopyOnWriteArrayList<>())
                .add(row);
    }

    @PreDestroy
    void end() {
        ticks.ifPresent(task -> task.cancel(false));
        timer.shutdown();
    }

    private List<TrackingRow> history(Instant now) {
        List<TrackingRow> rows = new ArrayList<>();
        for (String server : servers.names()) {
            Instant at = now.minus(Duration.ofDays(config.historyDays())).plusSeconds(1);
            for (; at.isBefore(now); at = at.plus(config.quietInterval())) {
                rows.addAll(probes.at(at, server));
            }
            rows.addAll(probes.at(now, server));
        }
        return rows;
    }

    private void tick() {
        try {
            Instant now = clock.instant();
            boolean probe = !nextProbe.isAfter(now);
            for (String server : servers.names()) {
                showOrHide(server);
                if (!faults.writesNothing(server)) {
                    append(server, now, probe);
                }
            }
            if (probe) {
                nextProbe = now.plus(config.heartbeat());
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("The tracking logs cannot be written; another try follows.", e);
        }
    }

    private void append(String server, Instant now, boolean probe) throws IOException {
        List<TrackingRow> due = new ArrayList<>(pending.stream()
                .filter(row -> row.server().equals(server) && !row.visibleAt().isAfter(now))
                .toList());
        if (probe) {
            due.addAll(probes.at(now, server));
        }
        due.sort(Comparator.comparing(TrackingRow::at));
        Map<Writer, List<TrackingRow>> byWriter = new EnumMap<>(Writer.class);
        due.forEach(row ->
                byWriter.computeIfAbsent(row.writer(), w -> new ArrayList<>()).add(row));
        for (List<TrackingRow> rows : byWriter.values()) {
            file(rows.getFirst(), day(now)).append(rows);
        }
        pending.removeAll(due);
        due.forEach(this::tell);
        if (probe && faults.writesGarbage(server)) {
            file(probes.at(now, server).get(1), day(now)).appendLine("not,a,tracking \"row");
        }
    }

    /** A server whose share is gone has no directory; it comes back with all its files. */
    private void showOrHide(String server) throws IOException {
        Path shown = state.trackingLogs(server);
        if (faults.isUnreachable(server) && Files.exists(shown)) {
            Files.move(shown, hidden(server));
        } else if (!faults.isUnreachable(server) && Files.exists(hidden(server))) {
            Files.move(hidden(server), shown);
        }
    }

    private Path hidden(String server) {
        return state.trackingLogs(server + ".unreachable");
    }

    private LogFile file(TrackingRow row, LocalDate day) {
        return LogFile.of(state.trackingLogs(row.server()), row.writer(), day, servers.version());
    }

    private static LocalDate day(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
