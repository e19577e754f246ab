package org.mailtrace.gateway.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.mailtrace.gateway.words.AuditWords;
import org.mailtrace.http.problem.ProblemException;
import org.mailtrace.http.problem.ProblemKind;

/** The audit records of all gateways that share a volume, or of this one. */
@ApplicationScoped
class AuditTrail {
    private static final String ENDING = ".jsonl";

    private final AuditFile own;
    private final Optional<Path> folder;
    private final long lookedThrough;
    private final AuditRecords records;
    private final Chains chains;
    private final Clock clock;

    AuditTrail(AuditFile own, AuditSettings settings, ObjectMapper json, Clock clock) {
        this.own = own;
        this.folder = settings.folder();
        this.lookedThrough = settings.lookedThrough();
        this.records = new AuditRecords(json);
        this.chains = new Chains(records, clock, settings);
        this.clock = clock;
    }

    /**
     * A page, and whether the chains hold.
     *
     * @param intact whether all do
     * @param sentence the same in words
     * @param checkedAt when the files were last read as a whole, UTC
     * @param newest those that were wanted, newest first
     * @param next where the next page begins, if there may be older ones
     */
    record Read(
            boolean intact,
            String sentence,
            Instant checkedAt,
            List<AuditPage.Entry> newest,
            Optional<AuditCursor> next) {}

    /**
     * Checks the chains, and reads a page.
     *
     * @throws AuditHeldException if another process has a file and does not let go of it: then nothing is told, because the
     *     records of that file would be missing
     * @throws IOException if a file cannot be read
     * @throws ProblemException if a file is gone that the page before knew of
     */
    Read read(AuditQuestion question) throws IOException {
        try (OpenFiles open = new OpenFiles()) {
            List<Reading> files = open(open);
            Instant now = clock.instant();
            Map<String, Chain> checked = chains.check(files);
            Newest newest = new Newest(records, question.from(), question.cursor(), lookedThrough);
            files.forEach(file -> newest.add(file, checked.get(file.name())));
            if (question.cursor()
                    .filter(cursor -> !cursor.rest().equals(newest.rest()))
                    .isPresent()) {
                throw movedAway();
            }
            List<AuditPage.Entry> page = page(newest, question);
            Instant checkedAt = checked.values().stream()
                    .map(Chain::since)
                    .min(Comparator.naturalOrder())
                    .orElse(now);
            return new Read(
                    checked.values().stream().allMatch(chain -> chain.brokenAt() == 0),
                    sentence(checked, !checkedAt.isBefore(now)),
                    checkedAt,
                    page,
                    newest.left());
        } catch (EOFException e) {
            throw movedAway();
        }
    }

    private List<Reading> open(OpenFiles open) throws IOException {
        if (folder.isEmpty()) {
            return List.of(own.reading(own.path(), own.patience(), open));
        }
        List<Reading> files = new ArrayList<>();
        for (Path file : all(folder.orElseThrow())) {
            openIfThere(file, open).ifPresent(files::add);
        }
        return files;
    }

    /** A file may be moved away at any moment. */
    private Optional<Reading> openIfThere(Path file, OpenFiles open) throws IOException {
        try {
            // Each anew: to open thousands on a share takes longer than to wait for one.
            return Optional.of(own.reading(file, own.patience(), open));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Set<Path> all(Path shared) throws IOException {
        Set<Path> all = new TreeSet<>();
        try (Stream<Path> inside = Files.list(shared.toAbsolutePath())) {
            inside.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !isOwn(file))
                    .forEach(all::add);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        all.add(own.path());
        return all;
    }

    /** Whether it is this gateway's own file, which has its own door; the folder may be known under another name. */
    private boolean isOwn(Path file) {
        Path ownFile = own.path();
        try {
            return file.equals(ownFile)
                    || (file.getFileName().equals(ownFile.getFileName()) && Files.isSameFile(file, ownFile));
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProblemException movedAway() {
        return new ProblemException(ProblemKind.AUDIT_UNAVAILABLE, AuditWords.MOVED_AWAY);
    }

    private static List<AuditPage.Entry> page(Newest newest, AuditQuestion question) throws IOException {
        List<AuditPage.Entry> page = new ArrayList<>();
        for (Optional<AuditPage.Entry> next = newest.peek(); next.isPresent(); next = newest.peek()) {
            if (question.wanted().test(next.orElseThrow().what())) {
                if (page.size() == question.limit()) {
                    break;
                }
                page.add(next.orElseThrow());
            }
            newest.pass();
        }
        return List.copyOf(page);
    }

    private static String sentence(Map<String, Chain> checked, boolean now) {
        List<Map.Entry<String, Chain>> broken = checked.entrySet().stream()
                .filter(file -> file.getValue().brokenAt() > 0)
                .sorted(Map.Entry.comparingByKey())
                .toList();
        return broken.isEmpty()
                ? AuditWords.intact(
                        checked.values().stream().mapToLong(Chain::lines).sum(), now)
                : AuditWords.broken(
                        broken.getFirst().getKey(), broken.getFirst().getValue().brokenAt(), broken.size() - 1L);
    }
}
