package org.mailtrace.http.disk;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;

/** Shows how many bytes are left on a disk that a service fills. */
public final class FreeSpace {
    private FreeSpace() {}

    /**
     * Shows it.
     *
     * @param of what is on the disk, in one word
     * @param bytes NaN where nothing is known; asked whenever metrics are read, so it must not wait for a disk that hangs
     */
    public static void show(MeterRegistry registry, String of, DoubleSupplier bytes) {
        Gauge.builder("mailtrace.disk.free", bytes::getAsDouble)
                .baseUnit("bytes")
                .tag("of", of)
                .description("What is left on a disk that the service fills; not a number for a database")
                .register(registry);
    }

    /** Shows what is left on the disk of a file; looked at every ten seconds at the most, however often metrics are read. */
    public static void showOf(MeterRegistry registry, String of, Path file) {
        show(registry, of, new LastLook(() -> of(file), System::nanoTime));
    }

    /** What is left on the disk of a file, which may not be there yet; NaN if that cannot be told. */
    public static double of(Path file) {
        Path there = file.toAbsolutePath();
        try {
            while (there.getParent() != null && !Files.exists(there)) {
                there = there.getParent();
            }
            return Files.getFileStore(there).getUsableSpace();
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
