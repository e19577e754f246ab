package org.mailtrace.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What memory the packaged gateway takes, with the heap of its manifest and as its image starts it, while it works on as many reports
 * at once as it is set to (two), each with as many rows of three sources as a report may have: at first alone, and
 * then while others ask.
 */
public final class ReportMemory {
    private static final PrintStream OUT = System.out;
    private static final int CALLERS = 8;
    private static final Duration EVERY = Duration.ofSeconds(8);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration REST = Duration.ofSeconds(5);
    private static final Duration GIVE_UP = Duration.ofMinutes(10);
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final Pattern END =
            Pattern.compile("\"status\":\"(COMPLETE|INCOMPLETE|FAILED|CANCELLED|EXPIRED)\"(?:.*?\"traces\":(\\d+))?");
    private static final String REPORTS = "/traces/reports";

    private final PackagedGateway gateway;
    private final int rows;
    private final int reports;
    private double mostHeap;

    private ReportMemory(PackagedGateway gateway, int rows, int reports) {
        this.gateway = gateway;
        this.rows = rows;
        this.reports = reports;
    }

    /**
     * Arguments: the repository, an empty folder, rows of each source, events of each row on-premises, recipients of each row,
     * reports at once, JVM options.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException, GeneralSecurityException {
        if (arguments.length < 2) {
            OUT.println(
                    "Usage: ReportMemory REPOSITORY EMPTY-FOLDER [ROWS] [EVENTS] [RECIPIENTS] [REPORTS] [JVM-OPTION...]");
            System.exit(2);
        }
        Path service = Path.of(arguments[0]).toRealPath().resolve("gateway-service");
        int rows = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10_000;
        int events = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 0;
        int recipients = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 1;
        int reports = arguments.length > 5 ? Integer.parseInt(arguments[5]) : 2;
        List<WindowSource> sources = new ArrayList<>();
        for (String name : BackendRows.SOURCES) {
            sources.add(new WindowSource(name, EVERY, name.equals("onprem-exchange") ? events : 0, recipients));
        }
        List<String> machine = new ArrayList<>(StartWay.IMAGES);
        machine.add("-XX:+ExitOnOutOfMemoryError");
        machine.addAll(List.of(arguments).subList(Math.min(6, arguments.length), arguments.length));
        load();
        String heap = StartWay.heap(service).substring("-Xmx".length());
        try (PackagedGateway gateway = new PackagedGateway(
                StartWay.runner(service),
                Path.of(arguments[1]).toAbsolutePath(),
                sources,
                Map.of(
                        "quarkus.oidc-client.client-enabled",
                        "true",
                        "quarkus.oidc-client.credentials.secret",
                        "synthetic-secret"),
                machine,
                heap)) {
            OUT.printf(
                    Locale.ROOT,
                    "heap %s; %d reports of %,d rows of each source with %d recipients; %d events in each row on-premises%n",
                    heap,
                    reports,
                    rows,
                    recipients,
                    events);
            new ReportMemory(gateway, rows, reports).run(events > 0);
        } finally {
            sources.forEach(WindowSource::close);
        }
        load();
        System.exit(0);
    }

    private void run(boolean events) throws IOException, InterruptedException {
        TimeUnit.NANOSECONDS.sleep(REST.toNanos());
        tell("at rest");
        report("reports", events);
        try (Askers askers = new Askers(gateway::token, Duration.ZERO, Instant::now)) {
            askers.begin(gateway.doors(), CALLERS);
            TimeUnit.NANOSECONDS.sleep(REST.multipliedBy(2).toNanos());
            tell("questions");
            report("both", events);
            OUT.println("           " + askers.told());
        }
        gateway.service().collectGarbage();
        tell("afterwards");
    }

    /** Orders them all and waits for them. */
    private void report(String what, boolean events) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Instant to = Instant.now();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < reports; i++) {
            Matcher id = ID.matcher(gateway.doors()
                    .order(
                            REPORTS,
                            what + i,
                            "{\"recipient\":\"" + BackendRows.RECIPIENT + "\",\"from\":\""
                                    + to.minus(EVERY.multipliedBy(rows)) + "\",\"to\":\"" + to + '"'
                                    + (events ? ",\"include\":\"events\"" : "") + '}'));
            if (id.find()) {
                ids.add(id.group(1));
            }
        }
        List<String> ends = new ArrayList<>();
        for (String id : ids) {
            ends.add(end(id));
        }
        tell(what);
        OUT.printf(Locale.ROOT, "           %s in %.1f s%n", ends, (System.nanoTime() - begun) / 1e9);
    }

    private String end(String id) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < GIVE_UP.toNanos()) {
            if (!gateway.service().isAlive()) {
                throw new IllegalStateException("the gateway ended");
            }
            mostHeap = Math.max(mostHeap, heap());
            HttpResponse<String> answer = gateway.doors().look(REPORTS + '/' + id, "application/json");
            Matcher end = END.matcher(answer.body());
            if (end.find()) {
                return end.group(1) + " with " + end.group(2) + " traces";
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
        return "no end";
    }

    private double heap() throws IOException, InterruptedException {
        return gateway.doors().metrics().sum("jvm_memory_used_bytes", "area=\"heap\"") / (1 << 20);
    }

    private void tell(String what) throws IOException, InterruptedException {
        mostHeap = Math.max(mostHeap, heap());
        OUT.printf(
                Locale.ROOT,
                "%-10s resident %d MB, at most %d MB until now; heap in use %.0f MB, at most %.0f MB where it was looked at%n",
                what,
                gateway.service().residentMegabytes(),
                gateway.service().peakMegabytes(),
                heap(),
                mostHeap);
    }

    private static void load() {
        OUT.printf(
                Locale.ROOT,
                "load       %.1f%n",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
