package org.mailtrace.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Exchange Online service's: a tenant is asked by Graph with tokens of an hour, reports are ordered every two hours, and
 * what they found is kept for two days.
 */
final class TenantLife implements Life {
    private static final Duration KEPT = Duration.ofDays(2);
    private static final Duration EVERY = Duration.ofHours(2);
    private static final int PROBES = 20;
    private static final int PATIENCE = 20;
    private static final int RECIPIENTS = 3;
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Random random = new Random(7);
    private final Deque<Ordered> ordered = new ArrayDeque<>();
    private final GraphTenant tenant;
    private final Path file;
    private Instant next = LogGenerator.BEGIN;
    private long asked;

    private record Ordered(Instant at, String id) {}

    TenantLife(Path work, int messages) throws IOException {
        // Rows of the future are there from the beginning, but nobody asks for them.
        tenant = new GraphTenant(
                messages, LogGenerator.BEGIN.plus(LogGenerator.SPAN), LogGenerator.SPAN.plusDays(10), Duration.ZERO);
        file = work.resolve("exo.db");
        settings.put("mailtrace.exo.graph-url", tenant.graphUrl());
        settings.put("mailtrace.exo.token-url", tenant.tokenUrl());
        settings.put("mailtrace.exo.client-id", "4711");
        settings.put("mailtrace.exo.client-secret", "synthetic-secret");
        settings.put("mailtrace.exo.store.file", file.toString());
        settings.put("mailtrace.exo.history.directory", work.resolve("history").toString());
        settings.put("mailtrace.exo.quota.requests", "1000000");
        settings.put("mailtrace.exo.report.keep-for", KEPT.toString());
        settings.put("mailtrace.exo.report.poll", "200ms");
        // Deadlines and leases are of the moved clock: seconds of it are no time at all.
        settings.put("mailtrace.exo.trace.budget", "12h");
        settings.put("mailtrace.exo.token-guard.budget", "12h");
        settings.put("mailtrace.exo.graph-guard.budget", "12h");
        settings.put("mailtrace.exo.report.step-budget", "24h");
        settings.put("mailtrace.exo.report.lease", "72h");
        settings.put("mailtrace.exo.report.give-up-after", "240h");
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public void goOn(Doors doors, Instant now) throws IOException, InterruptedException {
        asked++;
        doors.get("/traces?recipient=" + recipient() + "&from=" + now.minus(Duration.ofDays(1)) + "&to=" + now);
        if (!now.isBefore(next)) {
            next = now.plus(EVERY);
            Matcher id = ID.matcher(doors.order(
                    "order-" + now,
                    "{\"recipient\":\"" + recipient() + "\",\"from\":\"" + now.minus(Duration.ofDays(20))
                            + "\",\"to\":\"" + now + "\"}"));
            if (id.find()) {
                ordered.add(new Ordered(now, id.group(1)));
            }
        }
    }

    private String recipient() {
        return GraphTenant.recipient(random.nextInt(RECIPIENTS));
    }

    @Override
    public Found look(Doors doors, Instant now, Duration late, Duration reading)
            throws IOException, InterruptedException {
        int[] inside = found(doors, now.minus(KEPT), now.minus(reading), PATIENCE);
        // What was found is kept from the end of a report on.
        int[] beyond = found(doors, Instant.EPOCH, now.minus(KEPT).minus(late).minus(reading), 1);
        return new Found(inside[0], inside[1], beyond[0], beyond[1]);
    }

    private int[] found(Doors doors, Instant from, Instant to, int tries) throws IOException, InterruptedException {
        List<Ordered> all = ordered.stream()
                .filter(report -> report.at().isAfter(from) && report.at().isBefore(to))
                .toList();
        int found = 0;
        int probes = Math.min(PROBES, all.size());
        for (int i = 0; i < probes; i++) {
            Ordered report = all.get(random.nextInt(all.size()));
            boolean there = isFound(doors, report);
            for (int again = 1; again < tries && !there; again++) {
                TimeUnit.SECONDS.sleep(1);
                there = isFound(doors, report);
            }
            found += there ? 1 : 0;
        }
        return new int[] {found, probes};
    }

    private boolean isFound(Doors doors, Ordered report) throws IOException, InterruptedException {
        asked++;
        return doors.find("/reports/" + report.id() + "/observations?limit=10")
                .filter(page -> page.contains("\"sourceId\""))
                .isPresent();
    }

    @Override
    public long asked() {
        return asked;
    }

    @Override
    public void close() {
        tenant.close();
    }
}
