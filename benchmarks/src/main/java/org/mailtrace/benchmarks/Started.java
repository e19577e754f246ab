package org.mailtrace.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A service that was started to be measured; it is ready once this is made. */
final class Started implements AutoCloseable {
    private static final Duration GIVE_UP = Duration.ofMinutes(3);
    private static final byte[] ASK = "GET /q/health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    private static final String READY = "HTTP/1.1 200";
    private static final int SHORT_MILLIS = 2;

    private final Process process;
    private final int port;
    private final long readyNanos;
    private final long cpuMillis;

    /**
     * Starts it and waits until the management port says that it is ready, asking every two milliseconds.
     *
     * @param command what runs it, without settings
     * @param program what follows the settings
     */
    Started(List<String> command, Map<String, String> settings, List<String> program, Path log)
            throws IOException, InterruptedException {
        port = freePort();
        int management = freePort();
        List<String> all = new ArrayList<>(command);
        settings.forEach((name, value) -> all.add("-D" + name + '=' + value));
        all.add("-Dquarkus.http.port=" + port);
        all.add("-Dquarkus.management.port=" + management);
        all.addAll(program);
        long begun = System.nanoTime();
        process = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        while (!isReady(management)) {
            if (!process.isAlive() || System.nanoTime() - begun > GIVE_UP.toNanos()) {
                process.destroyForcibly();
                throw new IllegalStateException("the service did not get ready; see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(SHORT_MILLIS);
        }
        readyNanos = System.nanoTime() - begun;
        cpuMillis = process.toHandle()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toMillis();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static boolean isReady(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) GIVE_UP.toMillis());
            socket.getOutputStream().write(ASK);
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(READY.length()), StandardCharsets.US_ASCII).equals(READY);
        } catch (ConnectException e) {
            return false;
        }
    }

    /** From the start of the process to the first sign of readiness. */
    long readyNanos() {
        return readyNanos;
    }

    /** CPU until then. */
    long cpuMillis() {
        return cpuMillis;
    }

    /** Where questions go. */
    int port() {
        return port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Memory by a name of {@code smaps_rollup}, such as Rss or Pss, in MB; 0 where the system does not tell. */
    long megabytes(String what) throws IOException {
        Path memory = Path.of("/proc", Long.toString(process.pid()), "smaps_rollup");
        if (Files.notExists(memory)) {
            return 0;
        }
        return Files.readAllLines(memory).stream()
                .filter(line -> line.startsWith(what + ':'))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    /** Asks it to end and waits; what learns writes down then what it learned. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GIVE_UP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
