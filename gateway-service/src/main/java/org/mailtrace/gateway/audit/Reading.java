package org.mailtrace.gateway.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

    /** Opens it; whoever appends has the lock until its record is whole, so up to its end no record is half there. */
    static Reading of(Path file, Lock door) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new Reading(file.getFileName().toString(), channel, sizeWithoutWriters(channel, door), door);
        } catch (IOException | RuntimeException e) {
            close(channel, door);
            throw e;
        }
    }

    private static long sizeWithoutWriters(FileChannel channel, Lock door) throws IOException {
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

    String name() {
        return name;
    }

    FileChannel channel() {
        return channel;
    }

    long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        close(channel, door);
    }

    /** To close a file may give back every lock that this process has on it, also that of a thread that is appending. */
    private static void close(FileChannel channel, Lock door) throws IOException {
        door.lock();
        try {
            channel.close();
        } finally {
            door.unlock();
        }
    }
}
