package org.mailtrace.jobs;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A process of its own that runs a main class of these tests. */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader words;

    private ChildJvm(Process process) {
        this.process = process;
        this.words = process.inputReader(StandardCharsets.UTF_8);
    }

    public static ChildJvm start(Class<?> main, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        Stream.of(arguments).map(String::valueOf).forEach(command::add);
        return new ChildJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Says one line to it. */
    public void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** The next line that it says. */
    public String hear() throws IOException {
        String line = words.readLine();
        if (line == null) {
            throw new AssertionError("the process ended early");
        }
        return line;
    }

    /** All further lines until it ends by itself. */
    public List<String> hearAll() throws IOException, InterruptedException {
        List<String> lines = words.lines().toList();
        int status = process.waitFor();
        if (status != 0) {
            throw new AssertionError("the process failed with " + status);
        }
        return lines;
    }

    /** As {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        words.close();
    }
}
