package org.mailtrace.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.MailId;
import org.mailtrace.index.Found;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.TraceIndex;

/** Asks the index each kind of question for a while, as one caller and as several; every answer with all its rows. */
final class Questions {
    private static final Duration WHILE = Duration.ofSeconds(4);
    private static final int PAGE = 100;

    private final TraceIndex index;
    private final Samples samples;
    private final PrintStream out;

    Questions(TraceIndex index, Samples samples, PrintStream out) {
        this.index = index;
        this.samples = samples;
        this.out = out;
    }

    void ask(int callers) throws InterruptedException {
        for (int each : List.of(1, callers)) {
            ask(each, "recipient, 24 h", this::recipient);
            ask(each, "sender, 10 d", this::sender);
            ask(each, "message id", this::id);
            ask(each, "subject, 7 d", this::subject);
            ask(each, "*@domain, 7 d", this::domain);
        }
    }

    private void ask(int callers, String kind, Function<Random, IndexQuery> question) throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Future<Times>> asked = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                Random random = new Random(i);
                Callable<Times> caller = () -> asking(question, random);
                asked.add(threads.submit(caller));
            }
            List<Times> times = new ArrayList<>();
            for (Future<Times> each : asked) {
                times.add(each.get());
            }
            Latencies nanos = new Latencies();
            times.forEach(each -> each.nanos().forEach(nanos::add));
            double messages = times.stream().mapToLong(Times::messages).sum() / (double) nanos.count();
            double rows = times.stream().mapToLong(Times::rows).sum() / (double) nanos.count();
            out.printf(
                    Locale.ROOT,
                    "asking     %d at once  %-16s p50 %.2f ms  p99 %.2f ms  %,.0f a second  (%.1f messages, %.0f rows)%n",
                    callers,
                    kind,
                    nanos.millis(0.5),
                    nanos.millis(0.99),
                    nanos.count() / (double) WHILE.toSeconds(),
                    messages,
                    rows);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Times asking(Function<Random, IndexQuery> question, Random random) {
        List<Long> nanos = new ArrayList<>();
        long messages = 0;
        long rows = 0;
        long end = System.nanoTime() + WHILE.toNanos();
        while (System.nanoTime() < end) {
            IndexQuery query = question.apply(random);
            long begun = System.nanoTime();
            Found found = index.search(query);
            nanos.add(System.nanoTime() - begun);
            messages += found.messages().size();
            rows += found.messages().stream()
                    .mapToLong(message -> message.rows().size())
                    .sum();
        }
        return new Times(nanos, messages, rows);
    }

    private IndexQuery recipient(Random random) {
        return query(Optional.empty(), List.of(samples.recipient(random)), Optional.empty(), Optional.empty(), 1);
    }

    private IndexQuery sender(Random random) {
        return query(Optional.of(samples.sender(random)), List.of(), Optional.empty(), Optional.empty(), 10);
    }

    private IndexQuery id(Random random) {
        return byId(samples.id(random), samples);
    }

    private IndexQuery subject(Random random) {
        return query(Optional.empty(), List.of(), Optional.of(samples.subject(random)), Optional.empty(), 7);
    }

    private IndexQuery domain(Random random) {
        String domain = AddressPattern.domainOf(samples.recipient(random));
        return query(Optional.empty(), List.of("*@" + domain), Optional.empty(), Optional.empty(), 7);
    }

    private IndexQuery query(
            Optional<String> sender, List<String> recipients, Optional<String> subject, Optional<String> id, int days) {
        return new IndexQuery(
                sender.map(AddressPattern::new),
                recipients.stream().map(AddressPattern::new).toList(),
                subject,
                id,
                samples.end().minus(Duration.ofDays(days)),
                samples.end(),
                false,
                Optional.empty(),
                PAGE,
                Duration.ofSeconds(30));
    }

    /** The question for one message id, over all that there is. */
    static IndexQuery byId(String id, Samples samples) {
        return new IndexQuery(
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of(MailId.of(id).value()),
                samples.end().minus(Duration.ofDays(400)),
                samples.end().plus(Duration.ofDays(400)),
                true,
                Optional.empty(),
                PAGE,
                Duration.ofSeconds(30));
    }

    /** How long each answer took, in nanoseconds, and how much was in all of them. */
    private record Times(List<Long> nanos, long messages, long rows) {}
}
