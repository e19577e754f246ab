package org.mailtrace.jobs;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Spends from a budget as fast as it lets, on several threads, until it has taken often enough. */
final class SpendingProcess {
    static final int ALLOWED = 20;
    static final Duration WINDOW = Duration.ofMillis(400);
    private static final int THREADS = 3;
    private static final int TIMES = 25;

    private SpendingProcess() {}

    /** Arguments: the address and a seed. Says for each time when it began, when it had taken, and how many. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (JobStore store = Engine.open(arguments[0])) {
            SharedBudget budget = store.budget("test", ALLOWED, WINDOW);
            System.out.println("ready");
            if (System.in.read() < 0) {
                return;
            }
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(Long.parseLong(arguments[1]) + i);
                threads.add(Thread.ofPlatform().start(() -> spend(budget, random)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private static void spend(SharedBudget budget, Random random) {
        int taken = 0;
        while (taken < TIMES) {
            int requests = 1 + random.nextInt(2);
            Instant before = Instant.now();
            if (budget.take(requests, 0).isEmpty()) {
                Instant after = Instant.now();
                System.out.println(before + " " + after + " " + requests);
                taken++;
            } else {
                LockSupport.parkNanos(random.nextInt(2_000_000));
            }
        }
    }
}
