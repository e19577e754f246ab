package org.mailtrace.benchmarks;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Some of the messages that there were, and whether a service finds them. */
final class SentMail {
    private static final int KEPT_SAMPLES = 20_000;
    private static final int PROBES = 20;
    /** Tries, one a second: what was written may still have to be read. */
    private static final int PATIENCE = 20;

    private final Random random = new Random(7);
    private final List<Sent> sent = new ArrayList<>();
    private long asked;

    /** A message that was logged, and when. */
    private record Sent(Instant at, String id, String recipient) {}

    void add(Instant at, String id, String recipient) {
        Sent message = new Sent(at, id, recipient);
        if (sent.size() < KEPT_SAMPLES) {
            sent.add(message);
        } else {
            sent.set(random.nextInt(KEPT_SAMPLES), message);
        }
    }

    /** Asks for what some recipient got in the two days before. */
    void askForARecipient(Doors doors, Instant now) throws IOException, InterruptedException {
        if (!sent.isEmpty()) {
            doors.get(
                    "/traces?recipient=" + sent.get(random.nextInt(sent.size())).recipient() + "&from="
                            + now.minus(Duration.ofDays(2)) + "&to=" + now);
            asked++;
        }
    }

    /** As {@link Life#look}, for a service that keeps messages for so long. */
    Life.Found look(Doors doors, Instant now, Duration kept, Duration late, Duration reading)
            throws IOException, InterruptedException {
        int[] inside = found(doors, now.minus(kept).plus(Duration.ofDays(2)), now.minus(reading), PATIENCE);
        int[] beyond = found(doors, Instant.EPOCH, now.minus(kept).minus(late), 1);
        return new Life.Found(inside[0], inside[1], beyond[0], beyond[1]);
    }

    /** Of some messages between two moments: how many were found, and how many were asked for. */
    private int[] found(Doors doors, Instant from, Instant to, int tries) throws IOException, InterruptedException {
        List<Sent> all = sent.stream()
                .filter(message -> message.at().isAfter(from) && message.at().isBefore(to))
                .toList();
        int found = 0;
        int probes = Math.min(PROBES, all.size());
        for (int i = 0; i < probes; i++) {
            Sent message = all.get(random.nextInt(all.size()));
            boolean there = isFound(doors, message);
            for (int again = 1; again < tries && !there; again++) {
                TimeUnit.SECONDS.sleep(1);
                there = isFound(doors, message);
            }
            found += there ? 1 : 0;
        }
        return new int[] {found, probes};
    }

    private boolean isFound(Doors doors, Sent message) throws IOException, InterruptedException {
        asked++;
        return doors.get("/traces?messageId=" + URLEncoder.encode(message.id(), StandardCharsets.UTF_8) + "&from="
                        + message.at().minus(Duration.ofHours(1)) + "&to="
                        + message.at().plus(Duration.ofHours(1)))
                .contains("\"sourceId\"");
    }

    long asked() {
        return asked;
    }
}
