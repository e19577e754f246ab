package org.mailtrace.http.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeSpaceTest {
    @TempDir
    private Path folder;

    @Test
    void saysWhatIsLeftAlsoBeforeTheFileIsThere() {
        // given
        SimpleMeterRegistry registry = new SimpleMeterRegistry();

        // when
        FreeSpace.showOf(registry, "store", folder.resolve("not/yet/store.db"));

        // then
        assertThat(registry.get("mailtrace.disk.free")
                        .tag("of", "store")
                        .gauge()
                        .value())
                .isPositive();
    }

    @Test
    void looksAtTheDiskNowAndThenHoweverOftenItIsAsked() {
        // given
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);
        AtomicInteger looks = new AtomicInteger();
        LastLook look = new LastLook(looks::incrementAndGet, nanos::get);

        // then
        assertThat(look.getAsDouble()).isEqualTo(1);
        assertThat(look.getAsDouble()).isEqualTo(1);

        // when
        nanos.addAndGet(Duration.ofSeconds(9).toNanos());
        assertThat(look.getAsDouble()).isEqualTo(1);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        // then
        assertThat(look.getAsDouble()).isEqualTo(2);
    }

    @Test
    void aDiskThatHangsKeepsOneReaderOfMetricsAndNoOther() throws Exception {
        // given
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        LastLook look = new LastLook(
                () -> {
                    hangs.countDown();
                    try {
                        goesOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return 7;
                },
                System::nanoTime);
        Thread first = Thread.startVirtualThread(look::getAsDouble);
        hangs.await();

        // then
        assertThat(look.getAsDouble()).isNaN();

        // when
        goesOn.countDown();
        first.join();

        // then
        assertThat(look.getAsDouble()).isEqualTo(7);
    }
}
