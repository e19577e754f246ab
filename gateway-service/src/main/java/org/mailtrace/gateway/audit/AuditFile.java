package org.mailtrace.gateway.audit;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

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
            tail.add(json.writeValueAsBytes(what.after(Chain.digest(tail.lastLine()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            door.unlock();
        }
    }

    Path path() {
        return file;
    }

    /** Opens a file of records to read what is whole in it; this one, or that of another process. */
    Reading reading(Path any) throws IOException {
        return Reading.of(any, door);
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
}
