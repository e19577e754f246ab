package org.mailtrace.gateway.audit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.jboss.logging.Logger;

/**
 * A file of records that is being read, up to where it was whole when that began. It may be closed meanwhile, and is then opened
 * again.
 */
final class Reading {
    private static final Logger LOG = Logger.getLogger(Reading.class);
    /** A record takes a few milliseconds; on a share some more. */
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);

    private static final int PIECE = 16_384;

    private final Path path;
    private final Optional<Object> identity;
    private final long size;
    private final Lock door;
    private final OpenFiles open;
    private Optional<FileChannel> channel;
    private byte[] piece = new byte[0];
    private long pieceStart;

    private Reading(Path path, FileChannel channel, long size, Lock door, OpenFiles open) throws IOException {
        this.path = path;
        this.identity = identity(path);
        this.channel = Optional.of(channel);
        this.size = size;
        this.door = door;
        this.open = open;
    }

    /**
     * Opens it; whoever appends has the lock until its record is whole, so up to its end no record is half there. The lock of
     * a machine that vanished stays until the server of the share gives it up, so it is tried for and never waited for with the
     * door in hand: whoever writes behind the same door would wait as well.
     *
     * @param door of this file, for the threads of this process
     * @param until how long it is waited for whoever appends
     * @param open the files that are open besides
     * @throws AuditHeldException if somebody else has the file for longer
     */
    static Reading of(Path file, Lock door, Until until, OpenFiles open) throws IOException {
        Optional<Reading> whole = tried(file, door, until, open);
        while (whole.isEmpty()) {
            if (until.isOver()) {
                throw new AuditHeldException(file.getFileName().toString());
            }
            pause();
            whole = tried(file, door, until, open);
        }
        open.use(whole.orElseThrow());
        return whole.orElseThrow();
    }

    private static Optional<Reading> tried(Path file, Lock door, Until until, OpenFiles open) throws IOException {
        enter(door, until);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                Optional<Long> size = sizeWithoutWriters(channel);
                if (size.isEmpty()) {
                    channel.close();
                    return Optional.empty();
                }
                return Optional.of(new Reading(file, channel, size.orElseThrow(), door, open));
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
        return path.getFileName().toString();
    }

    long size() {
        return size;
    }

    /**
     * The file, opened if it is not.
     *
     * @throws EOFException if it is gone, or another one has its name
     */
    FileChannel channel() throws IOException {
        open.use(this);
        if (channel.isEmpty()) {
            channel = Optional.of(opened());
        }
        return channel.orElseThrow();
    }

    private FileChannel opened() throws IOException {
        try {
            FileChannel again = FileChannel.open(path, StandardOpenOption.READ);
            if (identity.equals(identity(path))) {
                return again;
            }
            again.close();
        } catch (NoSuchFileException e) {
            // Said below.
        }
        throw new EOFException("the file was moved away");
    }

    /** Where file systems know one: the same for the same file, whatever it is called. */
    private static Optional<Object> identity(Path file) throws IOException {
        return Optional.ofNullable(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }

    /**
     * One byte, of a piece that is remembered for those before it.
     *
     * @throws EOFException if the file is shorter than it was, or gone
     */
    byte at(long place) throws IOException {
        if (place < pieceStart || place >= pieceStart + piece.length) {
            long start = Math.max(0, place + 1 - PIECE);
            piece = read(start, (int) (place + 1 - start));
            pieceStart = start;
        }
        return piece[(int) (place - pieceStart)];
    }

    /**
     * Some bytes.
     *
     * @throws EOFException if the file is shorter than it was, or gone
     */
    byte[] read(long start, int length) throws IOException {
        FileChannel from = channel();
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (from.read(bytes, start + bytes.position()) < 0) {
                throw new EOFException("the file is shorter than it was");
            }
        }
        return bytes.array();
    }

    /**
     * Closes the file, and forgets what was read of it. To close a file may give back every lock that this process has on it, also
     * that of a thread that is appending. It is closed later where that thread takes its time, which may be as long as a share hangs.
     */
    void letGo() throws IOException {
        piece = new byte[0];
        Optional<FileChannel> closing = channel;
        channel = Optional.empty();
        if (closing.isEmpty()) {
            return;
        }
        if (!door.tryLock()) {
            Thread.ofVirtual().name("audit-closing").start(() -> closeLater(closing.orElseThrow()));
            return;
        }
        try {
            closing.orElseThrow().close();
        } finally {
            door.unlock();
        }
    }

    private void closeLater(FileChannel closing) {
        door.lock();
        try {
            closing.close();
        } catch (IOException e) {
            LOG.debugf("a file of audit records that was read was not closed reason=%s", e.getClass());
        } finally {
            door.unlock();
        }
    }
}
