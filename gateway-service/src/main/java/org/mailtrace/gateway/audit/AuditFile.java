package org.mailtrace.gateway.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The audit records, one a line. Each holds the digest of the line before, so that a line that is changed, taken out or put
 * in breaks the chain for everybody who reads it, as long as there are lines after it. Processes on one machine may share the
 * file: who appends has its lock.
 */
@ApplicationScoped
class AuditFile {
    private static final Set<StandardOpenOption> APPENDING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

    private final Path file;
    private final ObjectMapper json;
    private final Counter failures;
    /** A file's lock is one of processes; threads have to wait for each other besides. */
    private final Lock door = new ReentrantLock();

    AuditFile(AuditSettings settings, ObjectMapper json, MeterRegistry metrics) {
        this.failures = Counter.builder("mailtrace.gateway.audit.failures")
                .description("Audit records that could not be written, so that an answer was not shown")
                .register(metrics);
        this.file = settings.file().toAbsolutePath();
        this.json = json;
    }

    /** A file that cannot be written ends the start with one sentence. */
    void check(@Observes StartupEvent start) {
        try {
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            channel().close();
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The audit records cannot be written to " + file + ". Check mailtrace.audit.file.",
                    e,
                    Set.of("mailtrace.audit.file"));
        }
    }

    /**
     * Adds a record to the chain, also for a caller whose thread is interrupted: an interrupt closes the file that the thread
     * works with, so it is written on a thread that nobody knows.
     *
     * @throws IOException if it could not be written; then it is not there, unless half of it could not be taken back, which
     *     breaks the chain at that place
     */
    void append(AuditRecord what) throws IOException {
        try {
            CompletableFuture.runAsync(() -> write(what), Thread::startVirtualThread)
                    .join();
        } catch (CompletionException e) {
            failures.increment();
            throw e.getCause() instanceof UncheckedIOException why ? why.getCause() : new IOException(e.getCause());
        }
    }

    private void write(AuditRecord what) {
        door.lock();
        try (FileChannel channel = channel()) {
            // Closing the channel gives the lock back.
            channel.lock();
            Tail tail = new Tail(channel);
            tail.add(json.writeValueAsBytes(what.after(digest(tail.lastLine()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            door.unlock();
        }
    }

    /**
     * Records and whether the chain holds.
     *
     * @param newest those that were wanted, newest first
     * @param more whether there are older ones
     * @param brokenAt the number of the first line that does not fit the one before, counted from 1; 0 if all do
     * @param lines how many there are in the file
     */
    record Read(List<Numbered> newest, boolean more, long brokenAt, long lines) {}

    /** A record with its line's number, counted from 1. */
    record Numbered(long number, AuditRecord what) {}

    /**
     * Reads the whole file, which proves the chain, and keeps the newest of the records that are wanted.
     *
     * @param before only lines before this number
     */
    Read read(Predicate<AuditRecord> wanted, long before, int limit) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return read(new Lines(channel, sizeWithoutWriters(channel)), wanted, before, limit);
        } finally {
            close(channel);
        }
    }

    private Read read(Lines lines, Predicate<AuditRecord> wanted, long before, int limit) throws IOException {
        Deque<Numbered> newest = new ArrayDeque<>();
        boolean more = false;
        long number = 0;
        long brokenAt = 0;
        // Whoever moves the file away begins a new chain, so the first line has none before it.
        String expected = "";
        for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
            number++;
            byte[] bytes = line.orElseThrow();
            String text = new String(bytes, StandardCharsets.UTF_8);
            Optional<AuditRecord> what = record(text);
            String digestBefore = expected;
            boolean fits =
                    what.filter(one -> one.previous().equals(digestBefore)).isPresent()
                            && Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8));
            brokenAt = brokenAt == 0 && !fits ? number : brokenAt;
            expected = digest(bytes);
            if (number < before && what.filter(wanted).isPresent()) {
                newest.addFirst(new Numbered(number, what.orElseThrow()));
                if (newest.size() > limit) {
                    newest.removeLast();
                    more = true;
                }
            }
        }
        return new Read(List.copyOf(newest), more, brokenAt, number);
    }

    /** Whoever appends has the lock until its record is whole, so up to here no record is half there. */
    private long sizeWithoutWriters(FileChannel channel) throws IOException {
        door.lock();
        try {
            FileLock lock = channel.lock(0, Long.MAX_VALUE, true);
            long size = channel.size();
            lock.release();
            return size;
        } finally {
            door.unlock();
        }
    }

    /** To close a file may give back every lock that this process has on it, also that of a thread that is appending. */
    private void close(FileChannel channel) throws IOException {
        door.lock();
        try {
            channel.close();
        } finally {
            door.unlock();
        }
    }

    private Optional<AuditRecord> record(String line) {
        try {
            return Optional.ofNullable(json.readValue(line, AuditRecord.class));
        } catch (JsonProcessingException e) {
            // Said by the chain: a line that is no record fits nothing.
            return Optional.empty();
        }
    }

    private FileChannel channel() throws IOException {
        return FileChannel.open(file, APPENDING, forTheServiceAlone());
    }

    /** How the file is made when it is absent, whatever the account's usual mode is. */
    private FileAttribute<?>[] forTheServiceAlone() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static String digest(byte[] line) {
        if (line.length == 0) {
            return "";
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(line));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
