package org.mailtrace.onprem.follow;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** A directory with faults that can be switched on: root may read everything, and no real share hangs on demand. */
final class FaultyDirectory implements TrackingDirectory {
    private final TrackingDirectory directory;
    private volatile Supplier<IOException> listing;
    private volatile Supplier<IOException> reading;
    private volatile String unreadable = "";
    private volatile boolean broken;
    private volatile boolean hangs;
    private volatile Runnable atListing = () -> {};
    private final Semaphore released = new Semaphore(0);

    FaultyDirectory(TrackingDirectory directory) {
        this.directory = directory;
    }

    /** Lets something happen while the files are listed the next time. */
    void atNextListing(Runnable happening) {
        atListing = happening;
    }

    void failListing(Supplier<IOException> fault) {
        listing = fault;
    }

    void failReading(String file, Supplier<IOException> fault) {
        unreadable = file;
        reading = fault;
    }

    void failUnexpectedly(boolean now) {
        broken = now;
    }

    /** From now on nothing comes back, not even when it is interrupted, as with a network file system that is away. */
    void hang() {
        hangs = true;
    }

    void release() {
        hangs = false;
        released.release(1000);
    }

    void heal() {
        listing = null;
        reading = null;
        broken = false;
    }

    @Override
    public List<LogFile> list() throws IOException {
        Runnable now = atListing;
        atListing = () -> {};
        now.run();
        if (hangs) {
            released.acquireUninterruptibly();
        }
        if (broken) {
            throw new IllegalStateException("nobody expected this");
        }
        if (listing != null) {
            throw listing.get();
        }
        return directory.list();
    }

    @Override
    public int read(String file, long offset, byte[] buffer, int at, int length) throws IOException {
        if (reading != null && file.equals(unreadable)) {
            throw reading.get();
        }
        return directory.read(file, offset, buffer, at, length);
    }
}
