package org.mailtrace.index.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.mailtrace.index.IndexException;

/**
 * The right to write an index, held by one process at a time from its first write until it ends, however it ends. Two
 * writers would not see each other's addresses and numbers. Anybody may read.
 */
final class WriteClaim implements AutoCloseable {
    private final Path file;
    private FileChannel channel;

    WriteClaim(Path index) {
        this.file = index.resolveSibling(index.getFileName() + ".lock");
    }

    /**
     * Takes the right, if this process does not have it yet.
     *
     * @return whether it was taken just now, so that another process may have written before
     * @throws IndexException if another one has it
     */
    synchronized boolean take() {
        if (channel != null) {
            return false;
        }
        if (!tryToTake()) {
            throw new IndexException("Another process writes the index; each needs a file of its own.");
        }
        return true;
    }

    /** Whether this process has the right. */
    synchronized boolean isTaken() {
        return channel != null;
    }

    /**
     * Takes the right if nobody has it.
     *
     * @return whether it was taken just now
     */
    synchronized boolean tryToTake() {
        if (channel != null) {
            return false;
        }
        FileChannel opened = null;
        try {
            opened = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = opened.tryLock();
            if (lock == null) {
                opened.close();
                return false;
            }
            channel = opened;
            return true;
        } catch (OverlappingFileLockException e) {
            close(opened);
            return false;
        } catch (IOException e) {
            close(opened);
            throw new IndexException("The right to write the index could not be taken.", e);
        }
    }

    @Override
    public synchronized void close() {
        close(channel);
        channel = null;
    }

    private static void close(FileChannel open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            throw new IndexException("The right to write the index could not be given back.", e);
        }
    }
}
