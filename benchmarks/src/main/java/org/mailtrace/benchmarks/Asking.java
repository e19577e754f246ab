package org.mailtrace.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** One caller who asks the service now and then, for recipients and Message-IDs in turns, so that it has other work too. */
final class Asking implements Runnable {
    private static final long EVERY_MILLIS = 50;

    private final Doors doors;
    private final StreamServer server;
    private final Latencies recipients = new Latencies();
    private final Latencies ids = new Latencies();
    private volatile boolean stopped;
    private long told;
    private long found;

    Asking(Doors doors, StreamServer server) {
        this.doors = doors;
        this.server = server;
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
                if (server.sample().isEmpty()) {
                    continue;
                }
                StreamMail mail = server.sample().get();
                told += occurrences(
                        timed(recipients, "recipient", mail.recipients().getFirst()));
                TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
                found += occurrences(timed(ids, "messageId", mail.id())) > 0 ? 1 : 0;
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String timed(Latencies latencies, String field, String value) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        String answer = doors.ask(field, value);
        latencies.add(System.nanoTime() - begun);
        return answer;
    }

    private static int occurrences(String answer) {
        return answer.split("\"sourceId\"", -1).length - 1;
    }

    /** Once it has ended. What was asked for was sent wholly, and may have been waiting for the store. */
    void tell(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "asking     recipient, 24 h: p50 %.1f ms  p99 %.1f ms  (%d asked, %.1f observations each)%n",
                recipients.millis(0.5),
                recipients.millis(0.99),
                recipients.count(),
                told / (double) recipients.count());
        out.printf(
                Locale.ROOT,
                "asking     message id: p50 %.1f ms  p99 %.1f ms  (%d asked, %d of them found)%n",
                ids.millis(0.5),
                ids.millis(0.99),
                ids.count(),
                found);
    }
}
