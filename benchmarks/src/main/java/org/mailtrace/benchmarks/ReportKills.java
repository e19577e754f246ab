package org.mailtrace.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Kills the packaged Exchange Online service (SIGKILL) at random moments while it works on reports, and starts it again:
 * each report must end with exactly the observations of an undisturbed one, and no page may be asked for again that was
 * stored.
 */
public final class ReportKills {
    private static final int ROWS = 3000;
    private static final int DAYS = 60;
    private static final Duration LATENCY = Duration.ofMillis(20);
    private static final Duration GIVE_UP = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int MOST_LIFE_MILLIS = 4000;
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final Pattern STATUS = Pattern.compile("\"status\":\"([A-Z]+)\"");
    private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");
    private static final Pattern OBSERVED =
            Pattern.compile("\"sourceId\":\"([^\"]+)\"|\"address\":\"([^\"]+)\",\"status\":\"([A-Z_]+)\"");
    private static final PrintStream OUT = System.out;

    private final Path runner;
    private final Path work;
    private final int kills;
    private final Random random;
    private final Reader reader;
    private final Instant newest;
    private final GraphTenant tenant;
    private int killed;
    private int killedWhileRunning;

    private ReportKills(Path runner, Path work, int kills, Random random, Instant newest, GraphTenant tenant)
            throws GeneralSecurityException {
        this.runner = runner;
        this.work = work;
        this.kills = kills;
        this.random = random;
        this.newest = newest;
        this.tenant = tenant;
        this.reader = new Reader();
    }

    /** Arguments: the service's runner, an empty folder, how many kills, a seed. */
    public static void main(String[] arguments) throws IOException, InterruptedException, GeneralSecurityException {
        if (arguments.length < 2) {
            OUT.println("Usage: ReportKills RUNNER.jar EMPTY-FOLDER [KILLS] [SEED]");
            System.exit(2);
        }
        Path work = Files.createDirectories(Path.of(arguments[1])).toAbsolutePath();
        try (Stream<Path> there = Files.list(work)) {
            if (there.findAny().isPresent()) {
                OUT.println(work + " is not empty.");
                System.exit(2);
            }
        }
        int kills = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 100;
        long seed = arguments.length > 3 ? Long.parseLong(arguments[3]) : System.nanoTime();
        OUT.printf(Locale.ROOT, "seed       %d%n", seed);
        Instant newest = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(2));
        try (GraphTenant tenant = new GraphTenant(ROWS, newest, Duration.ofDays(DAYS), LATENCY)) {
            new ReportKills(Path.of(arguments[0]).toAbsolutePath(), work, kills, new Random(seed), newest, tenant)
                    .run();
        }
    }

    private void run() throws IOException, InterruptedException, GeneralSecurityException {
        Instant begun = Instant.now();
        List<String> expected = report("undisturbed", 0, List.of());
        int undisturbed = tenant.pages();
        long messages =
                expected.stream().filter(line -> line.startsWith("message ")).count();
        OUT.printf(
                Locale.ROOT,
                "undisturbed %,d messages, %,d recipients, %d requests%n",
                messages,
                expected.size() - messages,
                undisturbed);
        int reports = 0;
        while (killed < kills) {
            reports++;
            report("report-" + reports, kills - killed, expected);
            OUT.printf(Locale.ROOT, "report %d   the same after %d kills in all%n", reports, killed);
        }
        int asked = tenant.pages() - undisturbed;
        int again = asked - reports * undisturbed;
        OUT.printf(
                Locale.ROOT,
                "kills      %d, %d of them while a report was being read; %d reports, all the same as undisturbed;"
                        + " %d requests for %d pages: %d asked for again%n",
                killed,
                killedWhileRunning,
                reports,
                asked,
                reports * undisturbed,
                again);
        OUT.printf(
                Locale.ROOT,
                "time       %d s%n",
                Duration.between(begun, Instant.now()).toSeconds());
        if (again < 0 || again > killed) {
            throw new IllegalStateException(
                    "more was asked for again than kills explain, or something was not asked for");
        }
    }

    /** One report to its end; the service lives on after the last kill. */
    private List<String> report(String key, int mostKills, List<String> expected)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = work.resolve(key + ".db");
        int left = mostKills;
        while (true) {
            Path log = work.resolve(key + "-" + left + ".log");
            try (Service service = new Service(runner, settings(store), List.of(), "128m", log)) {
                Doors doors = open(service, log);
                String id = value(ID, doors.order(key, question()));
                if (left > 0 && lives(service, doors, id)) {
                    left--;
                } else {
                    return ended(doors, id, expected);
                }
            }
        }
    }

    /** Lets it live for a while and kills it, unless the report is over before; returns whether it was killed. */
    private boolean lives(Service service, Doors doors, String id) throws IOException, InterruptedException {
        long life = TimeUnit.MILLISECONDS.toNanos(random.nextInt(MOST_LIFE_MILLIS));
        long begun = System.nanoTime();
        boolean running = false;
        while (System.nanoTime() - begun < life) {
            String status = value(STATUS, doors.get("/reports/" + id));
            if (isOver(status)) {
                return false;
            }
            running = status.equals("RUNNING");
            TimeUnit.NANOSECONDS.sleep(Math.min(LOOK.toNanos(), Math.max(0, life - (System.nanoTime() - begun))));
        }
        service.kill();
        killed++;
        killedWhileRunning += running ? 1 : 0;
        return true;
    }

    private List<String> ended(Doors doors, String id, List<String> expected) throws IOException, InterruptedException {
        Instant begun = Instant.now();
        String status = "";
        while (!isOver(status)) {
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
            status = value(STATUS, doors.get("/reports/" + id));
            if (begun.plus(GIVE_UP).isBefore(Instant.now())) {
                throw new IllegalStateException("the report made no progress");
            }
        }
        List<String> found = observations(doors, id);
        if (!status.equals("COMPLETE") || (!expected.isEmpty() && !found.equals(expected))) {
            throw new IllegalStateException("the report ended as " + status + " with " + found.size() + " instead of "
                    + expected.size() + " lines");
        }
        return found;
    }

    private static List<String> observations(Doors doors, String id) throws IOException, InterruptedException {
        List<String> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            String page = doors.get("/reports/" + id + "/observations?limit=500"
                    + cursor.map(place -> "&cursor=" + place).orElse(""));
            Matcher observed = OBSERVED.matcher(page);
            while (observed.find()) {
                found.add(
                        observed.group(1) != null
                                ? "message " + observed.group(1)
                                : observed.group(2) + " " + observed.group(3));
            }
            Matcher next = NEXT.matcher(page);
            cursor = next.find() ? Optional.of(next.group(1)) : Optional.empty();
        } while (cursor.isPresent());
        return found;
    }

    private Doors open(Service service, Path log) throws IOException, InterruptedException, GeneralSecurityException {
        Instant begun = Instant.now();
        String token = reader.token();
        Optional<Doors> doors = Doors.of(log, token);
        while (doors.isEmpty()) {
            if (!service.isAlive() || begun.plus(GIVE_UP).isBefore(Instant.now())) {
                throw new IllegalStateException("the service did not start; see " + log.getFileName());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
            doors = Doors.of(log, token);
        }
        return doors.orElseThrow();
    }

    private Map<String, String> settings(Path store) {
        Map<String, String> settings = new LinkedHashMap<>();
        // Without an identity provider, which is no part of what is looked at; the key stands in for it.
        settings.put("quarkus.oidc.auth-server-url", "");
        settings.put("quarkus.oidc.public-key", reader.publicKey());
        settings.put("mailtrace.domains", "rivercounty.example");
        settings.put("mailtrace.exo.graph-url", tenant.graphUrl());
        settings.put("mailtrace.exo.token-url", tenant.tokenUrl());
        settings.put("mailtrace.exo.client-id", "4711");
        settings.put("mailtrace.exo.client-secret", "synthetic-secret");
        settings.put("mailtrace.exo.store.file", store.toString());
        settings.put("mailtrace.exo.page-size", "20");
        settings.put("mailtrace.exo.quota.requests", "100000");
        // What is asked for again after a kill has to be the worker's doing, not the guard's.
        settings.put("mailtrace.exo.graph-guard.retries", "0");
        settings.put("mailtrace.exo.report.poll", "100ms");
        settings.put("mailtrace.exo.report.step-budget", "5s");
        settings.put("mailtrace.exo.report.store-pause", "100ms");
        settings.put("mailtrace.exo.report.lease", "5200ms");
        return settings;
    }

    private String question() {
        String recipients =
                IntStream.range(0, 3).mapToObj(GraphTenant::recipient).collect(Collectors.joining(","));
        return "{\"recipient\":\"" + recipients + "\",\"from\":\"" + newest.minus(Duration.ofDays(DAYS))
                + "\",\"to\":\"" + newest.plus(Duration.ofDays(1)) + "\"}";
    }

    private static boolean isOver(String status) {
        return !status.isEmpty() && !status.equals("QUEUED") && !status.equals("RUNNING");
    }

    private static String value(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("an answer without " + pattern);
        }
        return matcher.group(1);
    }
}
