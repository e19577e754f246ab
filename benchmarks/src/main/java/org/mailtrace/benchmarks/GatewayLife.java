package org.mailtrace.benchmarks;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The gateway's: four people ask all the time, and every hour a report of the last day is ordered, with a call-back to somebody who
 * does not always take it; every fifth is cancelled at once. Results are kept for two days. Once a day an auditor
 * looks, and the audit records are moved away, as an operator does: by themselves they are kept for ever.
 *
 * <p>An answer may take twenty seconds at most, which would be some milliseconds of a clock that runs thousands of times faster: its
 * clock leaps by half an hour instead.
 */
final class GatewayLife implements Life {
    private static final Duration KEPT = Duration.ofDays(2);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration LEAP = Duration.ofMinutes(30);
    private static final int PROBES = 20;
    private static final int PATIENCE = 20;
    private static final int PEOPLE = 4;
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final String REPORTS = "/traces/reports";

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Random random = new Random(7);
    private final Deque<Ordered> ordered = new ArrayDeque<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final CallbackReceiver receiver = new CallbackReceiver();
    private final AuditFolder audit;
    private final Askers askers;
    private final IdentityProvider identityProvider;
    private final Path file;
    private volatile Instant now = LogGenerator.BEGIN;
    private Instant next = LogGenerator.BEGIN;
    private boolean begun;
    private long asked;

    private record Ordered(Instant at, String id, boolean cancelled) {}

    GatewayLife(Path work, int messages, Reader reader) throws IOException, GeneralSecurityException {
        this.identityProvider = new IdentityProvider(reader);
        this.file = work.resolve("gateway.db");
        this.audit = new AuditFolder(work.resolve("audit"), work.resolve("audit-archive"));
        this.askers = new Askers(identityProvider::token, Duration.ofMillis(100), () -> now);
        open.addAll(List.of(receiver, identityProvider));
        for (String name : BackendRows.SOURCES) {
            WindowSource source = new WindowSource(name, LogGenerator.SPAN.dividedBy(messages), 0, 1);
            open.add(source);
            settings.put("mailtrace.sources." + name + ".url", "http://127.0.0.1:" + source.port());
        }
        settings.putAll(PackagedGateway.nextHops());
        // As it is in production, which the description of the gateway asks for.
        settings.put("quarkus.oidc.auth-server-url", identityProvider.url());
        settings.put("quarkus.oidc.public-key", "");
        settings.put("quarkus.oidc-client.credentials.secret", "synthetic-secret");
        settings.put("mailtrace.store.file", file.toString());
        settings.put("mailtrace.audit.file", audit.file().toString());
        settings.put("mailtrace.audit.folder", audit.folder().toString());
        settings.put("mailtrace.reports.keep-for", KEPT.toString());
        settings.put("mailtrace.reports.max-unfinished", "50");
        // Leaps are no time that a report takes.
        settings.put("mailtrace.reports.step-budget", "24h");
        settings.put("mailtrace.reports.follow-for", "24h");
        settings.put("mailtrace.reports.lease", "72h");
        settings.put("mailtrace.reports.give-up-after", "240h");
        settings.put("mailtrace.callbacks.keep-for", KEPT.toString());
        settings.put("mailtrace.callbacks.secret", "whsec_c3ludGhldGljLXN5bnRoZXRpYy1zeW50aGV0aWMtMzI=");
        settings.put("mailtrace.callbacks.plain-http", "true");
        settings.put("mailtrace.callbacks.allowed", "127.0.0.0/8");
        settings.put("mailtrace.callbacks.timeout", CallbackReceiver.PATIENCE.toString());
        settings.put("mailtrace.callbacks.look-up-timeout", CallbackReceiver.PATIENCE.toString());
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
    public String issuer() {
        return identityProvider.url();
    }

    @Override
    public MovedClock.Pace pace(long speed) {
        return MovedClock.Pace.leaping(LEAP, speed);
    }

    @Override
    public void goOn(Doors doors, Instant moment) throws IOException, InterruptedException {
        now = moment;
        if (!begun) {
            begun = true;
            askers.begin(doors, PEOPLE);
        }
        if (!now.isBefore(next)) {
            next = now.plus(EVERY);
            Matcher id = ID.matcher(doors.order(
                    REPORTS,
                    "order-" + now,
                    "{\"recipient\":[\"" + BackendRows.RECIPIENT + "\"],\"from\":\"" + now.minus(Duration.ofDays(1))
                            + "\",\"to\":\"" + now + "\",\"callbackUrl\":\"" + receiver.url() + "\"}"));
            if (id.find()) {
                boolean cancelled = ordered.size() % 5 == 4
                        && doors.delete(REPORTS + '/' + id.group(1)).contains("\"CANCELLED\"");
                ordered.add(new Ordered(now, id.group(1), cancelled));
            }
        }
    }

    @Override
    public Found look(Doors doors, Instant moment, Duration late, Duration reading)
            throws IOException, InterruptedException {
        // Workers sweep with every look for work, so it is not later with that than with anything else.
        List<Ordered> kept = some(moment.minus(KEPT), moment.minus(reading), false);
        List<Ordered> cancelled = some(moment.minus(KEPT), moment.minus(reading), true);
        List<Ordered> old = some(Instant.EPOCH, moment.minus(KEPT).minus(reading.multipliedBy(2)), false);
        List<Ordered> forgotten =
                some(Instant.EPOCH, moment.minus(KEPT.plus(reading).multipliedBy(2)), false);
        int found = 0;
        for (Ordered report : kept) {
            found += isFound(doors, report) ? 1 : 0;
        }
        int left = 0;
        for (Ordered report : cancelled) {
            left += status(doors, report, "/traces") == 410 ? 0 : 1;
        }
        for (Ordered report : old) {
            int status = status(doors, report, "/traces");
            left += status == 404 || status == 410 ? 0 : 1;
        }
        for (Ordered report : forgotten) {
            left += status(doors, report, "") == 404 ? 0 : 1;
        }
        boolean recorded = audit.isWhole(doors.with(auditor()), askers.shown());
        return new Found(
                found + (recorded ? 1 : 0), kept.size() + 1, left, cancelled.size() + old.size() + forgotten.size());
    }

    private List<Ordered> some(Instant from, Instant to, boolean cancelled) {
        List<Ordered> all = ordered.stream()
                .filter(report -> report.cancelled() == cancelled)
                .filter(report -> report.at().isAfter(from) && report.at().isBefore(to))
                .toList();
        return all.isEmpty()
                ? all
                : random.ints(PROBES, 0, all.size())
                        .mapToObj(all::get)
                        .distinct()
                        .toList();
    }

    private boolean isFound(Doors doors, Ordered report) throws IOException, InterruptedException {
        for (int i = 0; i < PATIENCE; i++) {
            asked++;
            HttpResponse<String> answer =
                    doors.look(REPORTS + '/' + report.id() + "/traces?limit=10", "application/json");
            if (answer.statusCode() == 200) {
                return answer.body().contains("\"networkMessageId\"");
            }
            TimeUnit.SECONDS.sleep(1);
        }
        return false;
    }

    private int status(Doors doors, Ordered report, String what) throws IOException, InterruptedException {
        asked++;
        return doors.look(REPORTS + '/' + report.id() + what, "application/json")
                .statusCode();
    }

    private String auditor() {
        try {
            return identityProvider.token("auditor", "trace-auditor");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long asked() {
        return asked + askers.shown();
    }

    @Override
    public String more() {
        return String.format(
                Locale.ROOT,
                "%d reports ordered, called back %d times, %d taken; %s; %s",
                ordered.size(),
                receiver.calls(),
                receiver.taken(),
                askers.told(),
                audit.told());
    }

    @Override
    public void stop() {
        askers.close();
    }

    @Override
    public void close() throws IOException {
        stop();
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
