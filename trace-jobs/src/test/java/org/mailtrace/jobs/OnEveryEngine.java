package org.mailtrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that hold for whatever keeps the jobs. */
@ParameterizedClass
@EnumSource(Engine.class)
abstract class OnEveryEngine {
    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    static final Duration LEASE = Duration.ofMinutes(1);
    static final Duration WEEK = Duration.ofDays(7);
    static final Set<String> REPORTS = Set.of("report");

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    final SettableClock clock = new SettableClock(NOON);
    Jobs jobs;
    private String address;

    @BeforeEach
    void open() {
        address = engine.newAddress(folder);
        jobs = replica();
    }

    /** The same jobs as another process has them. */
    Jobs replica() {
        return Engine.open(address, clock).jobs();
    }

    @AfterEach
    void close() {
        jobs.close();
    }

    Job submit(String owner) {
        return jobs.submit(job(owner, Optional.empty(), "asked")).job();
    }

    static NewJob job(String owner, Optional<String> key, String request) {
        return new NewJob("report", owner, key, request, "nothing yet", WEEK);
    }

    Job job(String id) {
        return jobs.find(id).orElseThrow();
    }

    Lease claim() {
        return tryToClaim().orElseThrow();
    }

    Optional<Lease> tryToClaim() {
        return jobs.claim(REPORTS, "worker", LEASE);
    }

    FindingGroup only(Job job) {
        List<FindingGroup> groups = jobs.findings(job.id(), Optional.empty(), 10);
        assertThat(groups).hasSize(1);
        return groups.getFirst();
    }

    static Step step(String checkpoint, Finding... findings) {
        return new Step(checkpoint, "at " + checkpoint, List.of(findings));
    }

    static Finding finding(String group, String key, Instant at) {
        return new Finding(group, key, at, "body of " + key);
    }
}
