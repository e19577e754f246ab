package org.mailtrace.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** Goes on writing rows into the folders at a steady rate, until it is stopped or there are no more. */
final class Arriving implements Runnable {
    private static final int AT_A_TIME = 100;

    private final BufferedReader rows;
    private final LogFolders folders;
    private final double rate;
    private volatile boolean stopped;
    private volatile double reached;

    Arriving(BufferedReader rows, LogFolders folders, double rate) {
        this.rows = rows;
        this.folders = folders;
        this.rate = rate;
    }

    void stop() {
        stopped = true;
    }

    /** Rows a second that were really written. */
    double rate() {
        return reached;
    }

    @Override
    public void run() {
        long begun = System.nanoTime();
        long written = 0;
        try {
            while (!stopped) {
                for (int i = 0; i < AT_A_TIME; i++) {
                    String row = rows.readLine();
                    if (row == null) {
                        folders.flush();
                        return;
                    }
                    folders.add(row);
                    written++;
                }
                folders.flush();
                double ahead = written / rate - (System.nanoTime() - begun) / 1e9;
                if (ahead > 0) {
                    TimeUnit.MICROSECONDS.sleep((long) (ahead * 1e6));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reached = written / ((System.nanoTime() - begun) / 1e9);
        }
    }
}
