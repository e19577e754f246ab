package org.mailtrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Random operations that follow from a seed alone, and everything that a store answered to them. Ids, which no two stores
 * have in common, are numbered as they come.
 */
final class Sequence {
    private static final Instant BEGIN = Instant.parse("2026-11-20T12:00:00Z");
    private static final List<String> KINDS = List.of("report", "call-back");
    private static final List<String> TEXTS = List.of("a", "B", "ä", "_", "Z", "\uD83D\uDCE8", "'; --", "b c");

    private final Random random;
    private final SettableClock clock = new SettableClock(BEGIN);
    private final List<String> ids = new ArrayList<>();
    private final List<Lease> leases = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private int done;

    Sequence(long seed) {
        this.random = new Random(seed);
    }

    SettableClock clock() {
        return clock;
    }

    List<String> answers() {
        return answers;
    }

    /** Does so many further things, and looks at one job after each. */
    void run(JobStore store, int operations) {
        Jobs jobs = store.jobs();
        SharedBudget budget = store.budget("test", 10, Duration.ofMinutes(2));
        for (int i = 0; i < operations; i++) {
            clock.advance(Duration.ofMillis(random.nextInt(20_000)));
            answer(done++ + " " + operation(jobs, budget));
            look(jobs);
        }
    }

    private String operation(Jobs jobs, SharedBudget budget) {
        return switch (random.nextInt(12)) {
            case 0, 1 -> submit(jobs);
            case 2, 3 -> claim(jobs);
            case 4, 5, 6 -> onLease(this::commit);
            case 7 -> onLease(this::end);
            case 8 -> "cancel " + show(jobs.cancel(one(ids, "none")));
            case 9 -> "expire " + jobs.expire(clock.instant());
            case 10 -> "take " + budget.take(1 + random.nextInt(3), random.nextInt(5));
            default ->
                "pause "
                        + budget.pause(
                                random.nextBoolean()
                                        ? Optional.of(Duration.ofMillis(random.nextInt(30_000)))
                                        : Optional.empty())
                        + budget.remaining();
        };
    }

    private String submit(Jobs jobs) {
        Submission submission = jobs.submit(new NewJob(
                one(KINDS, ""),
                one(TEXTS, ""),
                random.nextBoolean() ? Optional.of(one(TEXTS, "")) : Optional.empty(),
                "asked " + random.nextInt(2),
                one(TEXTS, ""),
                Duration.ofSeconds(1 + random.nextInt(900))));
        if (!ids.contains(submission.job().id())) {
            ids.add(submission.job().id());
        }
        return submission.getClass().getSimpleName() + show(Optional.of(submission.job()));
    }

    private String claim(Jobs jobs) {
        Set<String> kinds = random.nextBoolean() ? Set.of(one(KINDS, "")) : Set.copyOf(KINDS);
        Optional<Lease> lease = jobs.claim(kinds, "worker", Duration.ofSeconds(1 + random.nextInt(60)));
        lease.ifPresent(leases::add);
        return "claim " + show(lease.map(Lease::job));
    }

    private String onLease(java.util.function.Consumer<Lease> work) {
        if (leases.isEmpty()) {
            return "no lease";
        }
        Lease lease = leases.get(random.nextInt(Math.max(0, leases.size() - 8), leases.size()));
        return lost(() -> {
            work.accept(lease);
            return "done " + show(Optional.of(lease.job())) + lease.isHeld();
        });
    }

    private void commit(Lease lease) {
        List<Finding> findings = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            findings.add(new Finding(
                    one(TEXTS, "") + random.nextInt(3),
                    one(TEXTS, "") + random.nextInt(3),
                    BEGIN.plusMillis(random.nextInt(8)),
                    "body " + random.nextInt(99)));
        }
        lease.commit(new Step("checkpoint " + random.nextInt(99), one(TEXTS, ""), findings));
    }

    private void end(Lease lease) {
        Instant until = clock.instant().plusMillis(random.nextInt(60_000));
        switch (random.nextInt(4)) {
            case 0 -> lease.renew();
            case 1, 2 -> lease.putOff(until, "put off");
            default -> lease.finish(JobState.INCOMPLETE, "ended", Optional.of("why"));
        }
    }

    private static String lost(Supplier<String> work) {
        try {
            return work.get();
        } catch (LeaseLostException e) {
            return e.getMessage();
        }
    }

    private List<Integer> places(List<Job> jobs) {
        return jobs.stream().map(job -> ids.indexOf(job.id())).toList();
    }

    private void look(Jobs jobs) {
        String id = one(ids, "none");
        answer("find " + show(jobs.find(id)) + jobs.countGroups(id));
        String kind = one(KINDS, "");
        String owner = one(TEXTS, "");
        answer("newest " + places(jobs.newest(kind, 4)) + places(jobs.newest(kind, owner, 3))
                + jobs.unfinished(kind, owner));
        Optional<Place> after = Optional.empty();
        for (int page = 0; page < 3; page++) {
            List<FindingGroup> groups = jobs.findings(id, after, 2);
            answer("page " + groups);
            if (groups.isEmpty()) {
                return;
            }
            after = Optional.of(
                    new Place(groups.getLast().firstAt(), groups.getLast().key()));
        }
    }

    /** All that is to be seen of a job, its id as a number. */
    private String show(Optional<Job> job) {
        return job.map(known -> ids.indexOf(known.id()) + " " + known.kind() + known.owner() + known.state()
                        + known.request() + known.checkpoint() + known.progress() + known.explanation()
                        + known.createdAt() + known.notBefore() + known.startedAt() + known.finishedAt()
                        + known.expiresAt())
                .orElse("none");
    }

    private void answer(String answer) {
        answers.add(answer);
    }

    private <T> T one(List<T> things, T otherwise) {
        return things.isEmpty() ? otherwise : things.get(random.nextInt(things.size()));
    }
}
