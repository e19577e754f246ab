package org.mailtrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the store promises, as simply as it can be said. */
final class ModelJobs {
    private final List<Entry> known = new ArrayList<>();

    Optional<Entry> known(NewJob job) {
        return known.stream()
                .filter(entry -> job.idempotencyKey().isPresent()
                        && entry.job.idempotencyKey().equals(job.idempotencyKey())
                        && entry.job.owner().equals(job.owner())
                        && entry.job.kind().equals(job.kind()))
                .findFirst();
    }

    Entry add(String id, NewJob job, long now) {
        Entry entry = new Entry(id, job, now);
        known.add(entry);
        return entry;
    }

    boolean has(Entry entry) {
        return known.contains(entry);
    }

    Optional<Entry> claim(Set<String> kinds, long now, Duration length) {
        Optional<Entry> next = known.stream()
                .filter(entry -> !entry.state.isOver() && kinds.contains(entry.job.kind()) && entry.due <= now)
                .min(Comparator.comparingLong(entry -> entry.due));
        next.ifPresent(entry -> {
            entry.state = JobState.RUNNING;
            entry.lease++;
            entry.due = now + length.toMillis();
        });
        return next;
    }

    void commit(Entry entry, Step step, long due) {
        entry.checkpoint = Optional.of(step.checkpoint());
        entry.progress = step.progress();
        entry.due = due;
        step.findings().forEach(finding -> entry.findings.put(finding.key(), finding));
    }

    void putOff(Entry entry, long until) {
        entry.state = JobState.QUEUED;
        entry.due = until;
        entry.progress = "put off";
    }

    void end(Entry entry, JobState state, long now) {
        entry.state = state;
        entry.expiresAt = Optional.of(now + entry.job.keepFor().toMillis());
    }

    void cancel(Entry entry, long now) {
        if (has(entry) && !entry.state.isOver()) {
            end(entry, JobState.CANCELLED, now);
        }
    }

    int expire(long now) {
        int expired = 0;
        for (Entry entry : known) {
            if (entry.state != JobState.EXPIRED && entry.expiresAt.orElse(Long.MAX_VALUE) <= now) {
                entry.state = JobState.EXPIRED;
                entry.request = "";
                entry.checkpoint = Optional.empty();
                entry.findings.clear();
                expired++;
            }
        }
        known.removeIf(entry -> entry.state == JobState.EXPIRED
                && entry.expiresAt.orElseThrow() + entry.job.keepFor().toMillis() <= now);
        return expired;
    }

    List<String> newest(String kind, int limit) {
        return known.reversed().stream()
                .filter(entry -> entry.job.kind().equals(kind))
                .limit(limit)
                .map(entry -> entry.id)
                .toList();
    }

    List<String> newest(String kind, String owner, int limit) {
        return known.reversed().stream()
                .filter(entry ->
                        entry.job.kind().equals(kind) && entry.job.owner().equals(owner))
                .limit(limit)
                .map(entry -> entry.id)
                .toList();
    }

    int unfinished(String kind, String owner) {
        return (int) known.stream()
                .filter(entry -> !entry.state.isOver()
                        && entry.job.kind().equals(kind)
                        && entry.job.owner().equals(owner))
                .count();
    }

    List<FindingGroup> groups(Entry entry) {
        return entry.findings.values().stream().collect(Collectors.groupingBy(Finding::group)).entrySet().stream()
                .map(group -> new FindingGroup(group.getKey(), firstOf(group.getValue()), group.getValue()))
                .sorted(Comparator.comparing(FindingGroup::firstAt).reversed().thenComparing(FindingGroup::key))
                .toList();
    }

    private static Instant firstOf(List<Finding> findings) {
        return findings.stream().map(Finding::at).min(Comparator.naturalOrder()).orElseThrow();
    }

    /** A job as the model has it. */
    static final class Entry {
        final String id;
        final NewJob job;
        final String asked;
        /** By key, so that a group's findings are in that order. */
        final Map<String, Finding> findings = new TreeMap<>();

        JobState state = JobState.QUEUED;
        String request;
        String progress;
        Optional<String> checkpoint = Optional.empty();
        Optional<Long> expiresAt = Optional.empty();
        long due;
        int lease;

        Entry(String id, NewJob job, long now) {
            this.id = id;
            this.job = job;
            this.asked = job.request();
            this.request = job.request();
            this.progress = job.progress();
            this.due = now;
        }
    }
}
