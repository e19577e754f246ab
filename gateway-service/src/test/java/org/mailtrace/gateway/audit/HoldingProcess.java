package org.mailtrace.gateway.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A process of its own that takes the lock of a file and keeps it until it is killed. */
final class HoldingProcess {
    private HoldingProcess() {}

    /** Comes back when it has the lock. */
    static Process on(Path file) throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldingProcess.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.getInputStream().read() < 0) {
            throw new AssertionError("the process ended early");
        }
        return process;
    }

    public static void main(String[] arguments) throws IOException {
        try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
            channel.lock();
            System.out.write('\n');
            System.out.flush();
            // Nobody writes to it: it ends with the process that began it, if that does not kill it before.
            while (System.in.read() >= 0) {}
        }
    }
}
