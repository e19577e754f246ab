package org.mailtrace.proofpoint.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.mailtrace.index.TraceIndex;

/** A process that reads the stream into an index until it is killed or told to end; says once it is its turn. */
public final class StreamProcess {
    private StreamProcess() {}

    /** Arguments: the stream's address, the index file, and what time it is. */
    public static void main(String[] arguments) throws InterruptedException {
        TraceIndex index = StreamFixture.index(Path.of(arguments[1]));
        Streams streams = StreamFixture.streams(
                StreamFixture.settings(arguments[0]), index, new MovableClock(Instant.parse(arguments[2])));
        // As the service does at SIGTERM.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            streams.close();
            index.close();
        }));
        System.out.println("waiting");
        while (!streams.isConsumer()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        System.out.println("reading");
        TimeUnit.DAYS.sleep(1);
    }

    static Process start(String url, Path index, Instant now) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StreamProcess.class.getName(),
                        url,
                        index.toString(),
                        now.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
