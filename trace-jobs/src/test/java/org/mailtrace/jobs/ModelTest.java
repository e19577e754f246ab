package org.mailtrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Random operations, done to the store and to a simple model of it, which must agree after each. */
@ParameterizedClass
@EnumSource(Engine.class)
class ModelTest {
    private static final int OPERATIONS = 500;
    private static final int LEASES_LOOKED_AT = 12;
    private static final List<String> KINDS = List.of("report", "call-back");
    private static final List<String> OWNERS = List.of("alex", "sam");
    private static final Instant BEGIN = Instant.parse("2026-11-20T12:00:00Z");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final SettableClock clock = new SettableClock(BEGIN);
    private final ModelJobs model = new ModelJobs();
    private final Map<String, ModelJobs.Entry> entries = new LinkedHashMap<>();
    private final List<Held> leases = new ArrayList<>();

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    @Test
    void agreesWithAModelWhateverIsDone() {
        try (Jobs jobs = Engine.open(engine.newAddress(folder), clock).jobs()) {
            for (int i = 0; i < OPERATIONS; i++) {
                try {
                    doSomething(jobs);
                    compare(jobs);
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError("seed " + seed + ", operation " + i, e);
                }
            }
        }
    }

    private void doSomething(Jobs jobs) {
        clock.advance(Duration.ofMillis(random.nextInt(20_000)));
        long now = clock.millis();
        switch (random.nextInt(10)) {
            case 0, 1 -> submit(jobs, now);
            case 2, 3 -> claim(jobs, now);
            case 4, 5, 6 -> commit(now);
            case 7 -> giveBackOrEnd(now);
            case 8 ->
                any().ifPresent(entry -> {
                    if (random.nextInt(4) == 0) {
                        jobs.cancel(entry.id);
                        model.cancel(entry, now);
                    }
                });
            default -> assertThat(jobs.expire(clock.instant())).isEqualTo(model.expire(now));
        }
    }

    private void submit(Jobs jobs, long now) {
        NewJob job = new NewJob(
                one(KINDS),
                one(OWNERS),
                random.nextBoolean() ? Optional.of("key " + random.nextInt(6)) : Optional.empty(),
                "asked " + random.nextInt(2),
                "",
                Duration.ofSeconds(1 + random.nextInt(900)));
        Submission submission = jobs.submit(job);
        Optional<ModelJobs.Entry> known = model.known(job);
        if (known.isPresent()) {
            boolean same = known.orElseThrow().asked.equals(job.request());
            assertThat(submission.job().id()).isEqualTo(known.orElseThrow().id);
            assertThat(submission).isInstanceOf(same ? Submission.Repeated.class : Submission.Conflicting.class);
        } else {
            assertThat(submission).isInstanceOf(Submission.Accepted.class);
            entries.put(submission.job().id(), model.add(submission.job().id(), job, now));
        }
    }

    private void claim(Jobs jobs, long now) {
        Set<String> kinds = random.nextBoolean() ? Set.of(one(KINDS)) : Set.copyOf(KINDS);
        Duration length = Duration.ofSeconds(1 + random.nextInt(60));
        Optional<Lease> lease = jobs.claim(kinds, "worker", length);
        Optional<ModelJobs.Entry> expected = model.claim(kinds, now, length);
        assertThat(lease.map(taken -> taken.job().id())).isEqualTo(expected.map(entry -> entry.id));
        if (leases.size() > LEASES_LOOKED_AT) {
            leases.removeFirst();
        }
        lease.ifPresent(taken ->
                leases.add(new Held(taken, expected.orElseThrow(), expected.orElseThrow().lease, length.toMillis())));
    }

    private void commit(long now) {
        if (leases.isEmpty()) {
            return;
        }
        Held held = one(leases);
        List<Finding> findings = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            findings.add(new Finding(
                    "group " + random.nextInt(5),
                    "key " + random.nextInt(12),
                    BEGIN.plusSeconds(random.nextInt(8)),
                    "body " + random.nextInt(99)));
        }
        Step step = new Step("checkpoint " + random.nextInt(99), "progress " + random.nextInt(99), findings);
        if (held.isHeld()) {
            held.lease.commit(step);
            model.commit(held.entry, step, now + held.length);
        } else {
            assertThatThrownBy(() -> held.lease.commit(step)).isInstanceOf(LeaseLostException.class);
        }
    }

    private void giveBackOrEnd(long now) {
        if (leases.isEmpty()) {
            return;
        }
        Held held = one(leases);
        boolean ends = random.nextBoolean();
        JobState state = one(List.of(JobState.COMPLETE, JobState.INCOMPLETE, JobState.FAILED));
        Instant until = clock.instant().plusSeconds(random.nextInt(60));
        if (!held.isHeld()) {
            assertThatThrownBy(() -> held.lease.putOff(until, "")).isInstanceOf(LeaseLostException.class);
            assertThatThrownBy(() -> held.lease.finish(state, "", Optional.empty()))
                    .isInstanceOf(LeaseLostException.class);
        } else if (ends) {
            held.lease.finish(state, "ended", Optional.of("why"));
            model.end(held.entry, state, now);
            held.entry.progress = "ended";
        } else {
            held.lease.putOff(until, "put off");
            model.putOff(held.entry, until.toEpochMilli());
        }
    }

    private void compare(Jobs jobs) {
        leases.forEach(held -> assertThat(held.lease.isHeld()).isEqualTo(held.isHeld()));
        for (String kind : KINDS) {
            assertThat(jobs.newest(kind, 5)).extracting(job -> job.id()).isEqualTo(model.newest(kind, 5));
            for (String owner : OWNERS) {
                assertThat(jobs.newest(kind, owner, 5))
                        .extracting(job -> job.id())
                        .isEqualTo(model.newest(kind, owner, 5));
                assertThat(jobs.unfinished(kind, owner)).isEqualTo(model.unfinished(kind, owner));
            }
        }
        any().ifPresent(entry -> compare(jobs, entry));
    }

    private void compare(Jobs jobs, ModelJobs.Entry entry) {
        assertThat(jobs.find(entry.id).map(job -> job.state().name()))
                .isEqualTo(model.has(entry) ? Optional.of(entry.state.name()) : Optional.empty());
        jobs.find(entry.id).ifPresent(job -> {
            assertThat(job.request()).isEqualTo(entry.request);
            assertThat(job.checkpoint()).isEqualTo(entry.checkpoint);
            assertThat(job.progress()).isEqualTo(entry.progress);
            assertThat(job.expiresAt()).isEqualTo(entry.expiresAt.map(Instant::ofEpochMilli));
        });
        List<FindingGroup> groups = new ArrayList<>();
        Optional<Place> after = Optional.empty();
        List<FindingGroup> page = jobs.findings(entry.id, after, 2);
        while (!page.isEmpty()) {
            groups.addAll(page);
            after = Optional.of(
                    new Place(page.getLast().firstAt(), page.getLast().key()));
            page = jobs.findings(entry.id, after, 2);
        }
        assertThat(groups).isEqualTo(model.groups(entry));
        assertThat(jobs.countGroups(entry.id)).isEqualTo(groups.size());
    }

    /** A job of the past, known or forgotten. */
    private Optional<ModelJobs.Entry> any() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(one(List.copyOf(entries.values())));
    }

    private <T> T one(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    /** A lease, and what the model knows of it. */
    private record Held(Lease lease, ModelJobs.Entry entry, int number, long length) {
        boolean isHeld() {
            return entry.state == JobState.RUNNING && entry.lease == number;
        }
    }
}
