package org.mailtrace.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A packaged service as a process of its own, with the heap it is allowed. */
final class Service implements AutoCloseable {
    private final Process process;

    /**
     * Starts it.
     *
     * @param settings what it is told, by name
     * @param machine what its Java machine is told besides
     */
    Service(Path runner, Map<String, String> settings, List<String> machine, String heap, Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dquarkus.http.port=0",
                "-Dquarkus.management.port=0"));
        command.addAll(machine);
        settings.forEach((name, value) -> command.add("-D" + name + '=' + value));
        command.addAll(List.of("-jar", runner.toString()));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Most memory that the process ever held, in MB; 0 where the system does not tell. */
    long peakMegabytes() throws IOException {
        return megabytes("VmHWM");
    }

    /** Memory that the process holds now, in MB; 0 where the system does not tell. */
    long residentMegabytes() throws IOException {
        return megabytes("VmRSS");
    }

    private long megabytes(String what) throws IOException {
        return status(what) / 1024;
    }

    /** How many threads it has; 0 where the system does not tell. */
    long threads() throws IOException {
        return status("Threads");
    }

    /** How many files it has open, without sockets; 0 where the system does not tell. */
    long openFiles() throws IOException {
        return open(false);
    }

    /** How many sockets it has open; 0 where the system does not tell. */
    long sockets() throws IOException {
        return open(true);
    }

    private long open(boolean sockets) throws IOException {
        Path open = Path.of("/proc", Long.toString(process.pid()), "fd");
        if (Files.notExists(open)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(open)) {
            return files.filter(file -> isSocket(file) == sockets).count();
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException e) {
            // It was closed meanwhile.
            return false;
        }
    }

    /** Memory of its own, which no file backs, in MB; 0 where the system does not tell. */
    long anonymousMegabytes() throws IOException {
        return megabytes("RssAnon");
    }

    /** Collects its garbage, so that what its heap holds is in use. */
    void collectGarbage() throws IOException, InterruptedException {
        jcmd("GC.run");
    }

    /** What its Java machine answers to a command. */
    String jcmd(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(process.pid())));
        all.addAll(List.of(command));
        Process jcmd = new ProcessBuilder(all).redirectErrorStream(true).start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        return said;
    }

    private long status(String what) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (Files.notExists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(what + ':'))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    /** SIGKILL: it cannot do anything about it, and does not learn of it. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
