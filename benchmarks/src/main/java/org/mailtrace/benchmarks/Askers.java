package org.mailtrace.benchmarks;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Several who ask a gateway all the time for what its sources have of a last hour, each time in another shape, and then for one of
 * the traces by its id. They come and go: after some questions each is somebody else.
 */
final class Askers implements AutoCloseable {
    private static final List<String> LISTS =
            List.of("application/json", "text/csv", "application/x-ndjson", "text/event-stream");
    private static final List<String> TRACES = List.of("application/json", "text/plain", "text/markdown");
    private static final int QUESTIONS_OF_ONE = 24;
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    private final List<Thread> threads = new ArrayList<>();
    private final Map<Integer, AtomicLong> answers = new ConcurrentHashMap<>();
    private final AtomicLong incomplete = new AtomicLong();
    private final AtomicLong people = new AtomicLong();
    private final Tokens tokens;
    private final Duration pause;
    private final Supplier<Instant> clock;
    private volatile boolean over;

    /** Makes the tokens of those who ask. */
    interface Tokens {
        String of(String subject) throws GeneralSecurityException;
    }

    /**
     * Nobody yet.
     *
     * @param pause between two questions of one
     * @param clock what the gateway takes for now
     */
    Askers(Tokens tokens, Duration pause, Supplier<Instant> clock) {
        this.tokens = tokens;
        this.pause = pause;
        this.clock = clock;
    }

    /** So many begin to ask. */
    void begin(Doors doors, int count) {
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofVirtual().start(() -> askAndAsk(doors)));
        }
    }

    private void askAndAsk(Doors doors) {
        try {
            while (!over) {
                Doors own = doors.with(tokens.of("caller-" + people.incrementAndGet()));
                for (int i = 0; i < QUESTIONS_OF_ONE && !over; i++) {
                    ask(own, i);
                    TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            if (!over) {
                throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(Doors doors, int number) throws IOException, InterruptedException {
        Instant now = clock.get();
        Optional<String> body = count(doors.look(
                "/traces?recipient=" + BackendRows.RECIPIENT + "&from=" + now.minus(Duration.ofHours(1)) + "&to=" + now,
                LISTS.get(number % LISTS.size())));
        Matcher id =
                ID.matcher(body.filter(text -> text.startsWith("{\"query\"")).orElse(""));
        if (id.find()) {
            count(doors.look("/traces/" + id.group(1), TRACES.get(number / LISTS.size() % TRACES.size())));
        }
    }

    private Optional<String> count(HttpResponse<String> answer) {
        answers.computeIfAbsent(answer.statusCode(), status -> new AtomicLong()).incrementAndGet();
        if (answer.body().contains("\"complete\":false")) {
            incomplete.incrementAndGet();
        }
        return Optional.of(answer.body()).filter(body -> answer.statusCode() == 200);
    }

    /** Answers with what was found, or with nothing. */
    long shown() {
        return Optional.ofNullable(answers.get(200)).map(AtomicLong::get).orElse(0L);
    }

    /** How many answers of each status there were, and how many people asked. */
    String told() {
        return String.format(
                Locale.ROOT,
                "answers %s, %d in JSON not complete, %d people, %d asking",
                new TreeMap<>(answers),
                incomplete.get(),
                people.get(),
                threads.stream().filter(Thread::isAlive).count());
    }

    @Override
    public void close() {
        over = true;
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
