package org.mailtrace.gateway.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.mailtrace.http.disk.FreeSpace;

/**
 * The audit records, one a line. Each holds the digest of the line before, so that a line that is changed, taken out or put
 * in breaks the chain for everybody who reads it, as long as there are lines after it. Processes on one machine may share the
 * file: who appends has its lock.
 *
 * <p>The file may stand on a share that hangs. Then one thread of ours hangs with it, those who wait are told so after a
 * while, and whoever comes later at once, until that thread goes on. Where it is only slow, they wait for their turn.
 */
@ApplicationScoped
class AuditFile {
    private static final Set<StandardOpenOption> APPENDING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

    /** More than are ever answered at once. */
    private static final int WAITING = 1_000;

    private static final Duration LOOKED_GOOD_FOR = Duration.ofSeconds(30);

    private final Path file;
    private final ObjectMapper json;
    private final Counter failures;
    /** A file's lock is one of processes; threads have to wait for each other besides. */
    private final Lock door = new ReentrantLock();

    /** The same for the files of other processes, each by itself: whoever waits for one of them keeps nobody from writing. */
    private final Map<Path, Lock> otherDoors = new ConcurrentHashMap<>();

    private final Duration patience;
    private final ExecutorService writer = writer();
    private OptionalLong looked = OptionalLong.empty();
    private volatile double free = Double.NaN;
    /** When the writer took up the record that it is at. */
    private volatile OptionalLong begun = OptionalLong.empty();

    AuditFile(AuditSettings settings, ObjectMapper json, MeterRegistry metrics) {
        this.failures = Counter.builder("mailtrace.gateway.audit.failures")
                .description("Audit records that could not be written, so that an answer was not shown")
                .register(metrics);
        this.file = settings.file().toAbsolutePath();
        FreeSpace.show(metrics, "audit", () -> free);
        this.json = json;
        this.patience = settings.patience();
    }

    /** One thread of the system's own: a virtual one that hangs in a file would keep the thread that carries others. */
    private static ExecutorService writer() {
        ThreadPoolExecutor writer = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(WAITING),
                Thread.ofPlatform().daemon().name("audit-writer").factory());
        writer.allowCoreThreadTimeOut(true);
        return writer;
    }

    /** A file that cannot be written ends the start with one sentence. */
    void check(@Observes StartupEvent start) {
        if (!patience.isPositive()) {
            throw new ConfigurationException(
                    "A record has to be given some time to be written. Check mailtrace.audit.patience.",
                    Set.of("mailtrace.audit.patience"));
        }
        try {
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            channel().close();
            lookWhatIsFree();
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The audit records cannot be written to " + file + ". Check mailtrace.audit.file.",
                    e,
                    Set.of("mailtrace.audit.file"));
        }
    }

    /**
     * Adds a record to the chain, also for a caller whose thread is interrupted: an interrupt closes the file that the thread
     * works with, so it is written on a thread that nobody knows. As long as records are written one after the other it
     * waits for its turn.
     *
     * @param answered when the caller has to be answered, which is put off for a record that comes late by as much as a record
     *     may take
     * @throws IOException if it could not be written; then it is not there, unless half of it could not be taken back, which
     *     breaks the chain at that place, or the file hung just when it was being closed
     */
    void append(AuditRecord what, Until answered) throws IOException {
        CompletableFuture<Void> written = new CompletableFuture<>();
        try {
            if (hangs()) {
                throw new AuditHangsException();
            }
            writer.execute(() -> write(what, written));
            await(written, answered.orLater(Until.after(patience)));
        } catch (AuditHangsException e) {
            failures.increment();
            throw e;
        } catch (RejectedExecutionException e) {
            failures.increment();
            throw new AuditHangsException();
        } catch (CompletionException e) {
            failures.increment();
            throw switch (e.getCause()) {
                case IOException why -> why;
                case TimeoutException waited -> new AuditHangsException();
                default -> new IOException(e.getCause());
            };
        }
    }

    private void await(CompletableFuture<Void> written, Until latest) {
        while (!isOver(written, Math.min(latest.left(), untilItHangs()))) {
            if (latest.isOver() || hangs()) {
                // Unless it was written just now.
                written.completeExceptionally(new TimeoutException());
            }
        }
        written.join();
    }

    /** Waits for it; an interrupt of the caller changes nothing. */
    private static boolean isOver(CompletableFuture<Void> written, long nanos) {
        return written.handle((done, failed) -> true)
                .completeOnTimeout(false, Math.max(0, nanos), TimeUnit.NANOSECONDS)
                .join();
    }

    private void write(AuditRecord what, CompletableFuture<Void> written) {
        if (written.isDone()) {
            return;
        }
        begun = OptionalLong.of(System.nanoTime());
        try {
            add(what, written);
            written.complete(null);
            lookWhatIsFree();
        } catch (IOException | RuntimeException e) {
            written.completeExceptionally(e);
        } finally {
            begun = OptionalLong.empty();
        }
    }

    private void add(AuditRecord what, CompletableFuture<Void> written) throws IOException {
        door.lock();
        try (FileChannel channel = channel()) {
            // Closing the channel gives the lock back.
            channel.lock();
            Tail tail = new Tail(channel);
            long size = channel.size();
            byte[] line = json.writeValueAsBytes(what.after(Chain.digest(tail.lastLine())));
            if (!written.isDone()) {
                put(line, tail);
            }
            if (written.isDone()) {
                // Nobody waited for it, so nothing was shown, and the record would say something else.
                channel.truncate(size);
            }
        } finally {
            door.unlock();
        }
    }

    /** Not when metrics are read: a share that hangs must not take them with it. */
    private void lookWhatIsFree() {
        long now = System.nanoTime();
        if (looked.isEmpty() || now - looked.getAsLong() > LOOKED_GOOD_FOR.toNanos()) {
            looked = OptionalLong.of(now);
            free = FreeSpace.of(file);
        }
    }

    void put(byte[] line, Tail tail) throws IOException {
        tail.add(line);
    }

    /** Whether the writer has been at one record for longer than a record may take. */
    private boolean hangs() {
        return untilItHangs() <= 0;
    }

    /** In nanoseconds, if the writer stays at the record that it is at. */
    private long untilItHangs() {
        OptionalLong since = begun;
        return patience.toNanos() - (since.isPresent() ? System.nanoTime() - since.getAsLong() : 0);
    }

    Path path() {
        return file;
    }

    /** How long it is waited for a file that others may be writing to, from now on. */
    Until patience() {
        return Until.after(patience);
    }

    /**
     * Opens a file of records to read what is whole in it; this one, or that of another process.
     *
     * @param until how long it is waited for whoever is writing to it
     * @param open the files that are open besides
     * @throws AuditHeldException if another process has it for longer
     * @throws IOException if it cannot be read, or the file hangs that this process writes
     */
    Reading reading(Path any, Until until, OpenFiles open) throws IOException {
        if (hangs()) {
            throw new AuditHangsException();
        }
        return Reading.of(any, doorOf(any), until, open);
    }

    private Lock doorOf(Path any) {
        return any.equals(file) ? door : otherDoors.computeIfAbsent(any, other -> new ReentrantLock());
    }

    FileChannel channel() throws IOException {
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
