package org.mailtrace.gateway.audit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/** A file of records that is being read, up to where it was whole when that began. */
final class Reading implements AutoCloseable {
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
     * Opens it; whoever appends has the lock until its record is whole, so up to its end no record is half there.
     *
     * @param patience how long it is waited for whoever appends
     */
    static Reading of(Path file, Lock door, Duration patience) throws IOException {
        enter(door, patience);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                return new Reading(file.getFileName().toString(), channel, sizeWithoutWriters(channel), door);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } finally {
            door.unlock();
        }
    }

    private static void enter(Lock door, Duration patience) throws IOException {
        try {
            if (!door.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AuditHangsException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private static long sizeWithoutWriters(FileChannel channel) throws IOException {
        FileLock lock = channel.lock(0, Long.MAX_VALUE, true);
        long size = channel.size();
        lock.release();
        return size;
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

    /** To close a file may give back every lock that this process has on it, also that of a thread that is appending. */
    @Override
    public void close() throws IOException {
        door.lock();
        try {
            channel.close();
        } finally {
            door.unlock();
        }
    }
}
