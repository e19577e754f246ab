package org.mailtrace.gateway.audit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.jboss.logging.Logger;

/** A file of records that is being read, up to where it was whole when that began. */
final class Reading implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Reading.class);
    /** A record takes a few milliseconds; on a share some more. */
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);

    private final String name;
    private final FileChannel channel;
    private final long size;
    private final Lock door;

    private Reading(String name, FileChannel channel, long size, Lock door) {
        this.name = name;
        this.channel = channel;
        this.size = size;
        this.door = door;
    }

    /**
     * Opens it; whoever appends has the lock until its record is whole, so up to its end no record is half there. The lock of
     * a machine that vanished stays until the server of the share gives it up, so it is tried for and never waited for with the
     * door in hand: whoever writes behind the same door would wait as well.
     *
     * @param door of this file, for the threads of this process
     * @param until how long it is waited for whoever appends
     * @throws AuditHeldException if somebody else has the file for longer
     */
    static Reading of(Path file, Lock door, Until until) throws IOException {
        Optional<Reading> whole = tried(file, door, until);
        while (whole.isEmpty()) {
            if (until.isOver()) {
                throw new AuditHeldException(file.getFileName().toString());
            }
            pause();
            whole = tried(file, door, until);
        }
        return whole.orElseThrow();
    }

    private static Optional<Reading> tried(Path file, Lock door, Until until) throws IOException {
        enter(door, until);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                Optional<Reading> whole = sizeWithoutWriters(channel)
                        .map(size -> new Reading(file.getFileName().toString(), channel, size, door));
                if (whole.isEmpty()) {
                    channel.close();
                }
                return whole;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } finally {
            door.unlock();
        }
    }

    private static void enter(Lock door, Until until) throws IOException {
        try {
            if (!door.tryLock() && !door.tryLock(until.left(), TimeUnit.NANOSECONDS)) {
                throw new AuditHangsException();
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(BETWEEN_TRIES.toNanos());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException();
    }

    /** Empty while somebody writes. */
    private static Optional<Long> sizeWithoutWriters(FileChannel channel) throws IOException {
        try (FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null ? Optional.empty() : Optional.of(channel.size());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    String name() {
        return name;
    }

    FileChannel channel() {
        return channel;
    }

    long size() {
        return size;
    }

    /**
     * To close a file may give back every lock that this process has on it, also that of a thread that is appending. It is closed
     * later where that thread takes its time, which may be as long as a share hangs.
     */
    @Override
    public void close() throws IOException {
        if (!door.tryLock()) {
            Thread.ofVirtual().name("audit-closing").start(this::closeLater);
            return;
        }
        try {
            channel.close();
        } finally {
            door.unlock();
        }
    }

    private void closeLater() {
        door.lock();
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debugf("a file of audit records that was read was not closed reason=%s", e.getClass());
        } finally {
            door.unlock();
        }
    }
}
