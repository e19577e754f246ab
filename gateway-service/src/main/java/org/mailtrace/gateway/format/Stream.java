package org.mailtrace.gateway.format;

import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.mailtrace.gateway.settings.GatewaySettings;

/**
 * Answers as they come: how each source did as soon as it answered, the traces once they are concluded, and an end that
 * says how well everybody looked. When the caller goes away, the work for it is interrupted.
 */
@ApplicationScoped
public class Stream {
    private final ExecutorService threads;
    private final long heartbeatMillis;

    Stream(@VirtualThreads ExecutorService threads, GatewaySettings settings) {
        this.threads = threads;
        this.heartbeatMillis = settings.heartbeat().toMillis();
    }

    /**
     * A stream of lines.
     *
     * @param work writes them, the last one last; it never throws, because a failure is a line too
     */
    public Multi<Line> of(Consumer<Consumer<Line>> work) {
        return Multi.createFrom().emitter(emitter -> {
            CountDownLatch over = new CountDownLatch(1);
            Future<?> running = threads.submit(() -> {
                try {
                    work.accept(emitter::emit);
                    emitter.complete();
                } finally {
                    over.countDown();
                }
            });
            Future<?> beating = threads.submit(() -> beat(emitter, over));
            emitter.onTermination(() -> {
                running.cancel(true);
                beating.cancel(true);
            });
        });
    }

    private void beat(MultiEmitter<? super Line> emitter, CountDownLatch over) {
        try {
            while (!over.await(heartbeatMillis, TimeUnit.MILLISECONDS)) {
                emitter.emit(Line.heartbeat());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
