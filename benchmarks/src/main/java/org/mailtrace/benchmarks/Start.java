package org.mailtrace.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * How long each service takes until it is ready, what CPU that costs, and what memory it holds at rest and under load: on
 * Java, with an AOT cache, and natively where that was built. The ways take turns, so that a busy moment hits all of them.
 */
public final class Start {
    private static final int CALLERS = 8;
    private static final int LEARNING = 50;
    private static final int REST_SECONDS = 5;
    private static final PrintStream OUT = System.out;

    private final Path repository;
    private final Path work;
    private final int starts;
    private final int requests;
    private final HttpClient client = HttpClient.newHttpClient();

    private Start(Path repository, Path work, int starts, int requests) {
        this.repository = repository;
        this.work = work;
        this.starts = starts;
        this.requests = requests;
    }

    /** Times to ready and CPU until then. */
    private record Times(Latencies ready, Latencies cpu) {}

    /** Arguments: the repository, an empty folder, starts of each way, requests under load, services. */
    public static void main(String[] arguments) throws IOException, InterruptedException, GeneralSecurityException {
        if (arguments.length < 2) {
            OUT.println("Usage: Start REPOSITORY EMPTY-FOLDER [STARTS] [REQUESTS] [SERVICE...]");
            System.exit(2);
        }
        Path work = Files.createDirectories(Path.of(arguments[1])).toAbsolutePath();
        try (Stream<Path> there = Files.list(work)) {
            if (there.findAny().isPresent()) {
                OUT.println(work + " is not empty.");
                System.exit(2);
            }
        }
        Start start = new Start(
                Path.of(arguments[0]).toRealPath(),
                work,
                arguments.length > 2 ? Integer.parseInt(arguments[2]) : 7,
                arguments.length > 3 ? Integer.parseInt(arguments[3]) : 2000);
        List<String> services =
                arguments.length > 4 ? List.of(arguments).subList(4, arguments.length) : Surroundings.SERVICES;
        for (String service : services) {
            start.measure(service);
        }
        load();
        System.exit(0);
    }

    private void measure(String name) throws IOException, InterruptedException, GeneralSecurityException {
        Path service = repository.resolve(name);
        Path folder = Files.createDirectories(work.resolve(name));
        Path cache = folder.resolve("learned.aot");
        OUT.printf(Locale.ROOT, "%n%s%n", name);
        load();
        if (Files.notExists(StartWay.runner(service))) {
            OUT.println("not built");
            return;
        }
        try (Surroundings around = Surroundings.of(name, folder, OUT)) {
            learn(service, cache, around, folder);
            Map<StartWay, List<String>> ways = new EnumMap<>(StartWay.class);
            for (StartWay way : StartWay.values()) {
                way.command(service, cache)
                        .ifPresentOrElse(
                                command -> ways.put(way, command), () -> OUT.println(way.title() + ": not built"));
            }
            Map<StartWay, Times> times = new EnumMap<>(StartWay.class);
            ways.keySet().forEach(way -> times.put(way, new Times(new Latencies(), new Latencies())));
            for (int i = 0; i < starts; i++) {
                for (Map.Entry<StartWay, List<String>> way : ways.entrySet()) {
                    try (Started started = start(way.getKey(), way.getValue(), service, around, folder)) {
                        times.get(way.getKey()).ready().add(started.readyNanos());
                        times.get(way.getKey()).cpu().add(TimeUnit.MILLISECONDS.toNanos(started.cpuMillis()));
                    }
                }
            }
            for (Map.Entry<StartWay, List<String>> way : ways.entrySet()) {
                try (Started started = start(way.getKey(), way.getValue(), service, around, folder)) {
                    tell(way.getKey(), times.get(way.getKey()), started, around);
                }
            }
        }
    }

    private static Started start(StartWay way, List<String> command, Path service, Surroundings around, Path folder)
            throws IOException, InterruptedException {
        return new Started(command, around.settings(), way.program(service), folder.resolve(way + ".log"));
    }

    /** As the images are made, but with questions that have an answer, as {@code ./mailtrace train} asks them. */
    private void learn(Path service, Path cache, Surroundings around, Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        List<String> command =
                new ArrayList<>(StartWay.JAVA.command(service, cache).orElseThrow());
        command.add("-XX:AOTCacheOutput=" + cache);
        try (Started learning = start(StartWay.JAVA, command, service, around, folder)) {
            TimeUnit.SECONDS.sleep(REST_SECONDS);
            ask(learning, around, LEARNING, 1);
        }
        OUT.printf(Locale.ROOT, "AOT cache  %d MB%n", Files.size(cache) >> 20);
    }

    private void tell(StartWay way, Times times, Started started, Surroundings around)
            throws IOException, InterruptedException, GeneralSecurityException {
        TimeUnit.SECONDS.sleep(REST_SECONDS);
        long restRss = started.megabytes("Rss");
        long restPss = started.megabytes("Pss");
        long begun = System.nanoTime();
        ask(started, around, requests, CALLERS);
        double seconds = (System.nanoTime() - begun) / 1e9;
        OUT.printf(
                Locale.ROOT,
                "%-16s ready %,5.0f ms (%,.0f to %,.0f)  CPU until then %,5.0f ms  at rest %d MB (PSS %d)"
                        + "  after %,d requests by %d %d MB (PSS %d), %,.0f requests/s%n",
                way.title(),
                times.ready().millis(0.5),
                times.ready().millis(0),
                times.ready().millis(1),
                times.cpu().millis(0.5),
                restRss,
                restPss,
                requests,
                CALLERS,
                started.megabytes("Rss"),
                started.megabytes("Pss"),
                requests / seconds);
    }

    private void ask(Started service, Surroundings around, int count, int callers)
            throws InterruptedException, GeneralSecurityException {
        String token = around.token();
        AtomicInteger left = new AtomicInteger(count);
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failed = new CopyOnWriteArrayList<>();
        for (int i = 0; i < callers; i++) {
            threads.add(Thread.ofPlatform()
                    .uncaughtExceptionHandler((thread, why) -> failed.add(why))
                    .start(() -> {
                        while (left.getAndDecrement() > 0) {
                            askOnce(service, around.question(), token);
                        }
                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failed.isEmpty()) {
            throw new IllegalStateException(failed.getFirst());
        }
    }

    private void askOnce(Started service, String question, String token) {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + question))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("the service answered " + answer.statusCode());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void load() {
        OUT.printf(
                Locale.ROOT,
                "load       %.1f%n",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
