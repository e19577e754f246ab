package org.mailtrace.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The script {@code ./mailtrace}, on ports and in a home of its own, so that a running demo is left alone. */
final class Launcher {
    static final Path ROOT = Path.of(System.getProperty("mailtrace.root")).normalize();
    static final Path HOME = Path.of(System.getProperty("mailtrace.home"));
    static final int OFFSET = Integer.getInteger("mailtrace.port-offset");

    /** What a command printed, both streams in one, and how it ended. */
    record Result(int exitCode, String output) {}

    private Launcher() {}

    static int port(int usual) {
        return usual + OFFSET;
    }

    static String url(int usualPort) {
        return "http://localhost:" + port(usualPort);
    }

    static Result run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(ROOT.resolve("mailtrace").toString()));
        command.addAll(List.of(arguments));
        return execute(command, environment());
    }

    static Result execute(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command, e);
        }
    }

    /** The folder that holds the unpacked Keycloak. */
    static Path keycloak() {
        return Path.of(System.getenv()
                .getOrDefault("MAILTRACE_KEYCLOAK", ROOT.resolve(".mailtrace").toString()));
    }

    /**
     * The suite asks more than a tenant or a caller may; the limits have tests of their own elsewhere. And a circuit that
     * opened is not waited for as long as in production.
     */
    private static Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("JAVA_HOME", System.getProperty("java.home")),
                Map.entry("MAILTRACE_HOME", HOME.toString()),
                Map.entry("MAILTRACE_KEYCLOAK", keycloak().toString()),
                Map.entry("MAILTRACE_PORT_OFFSET", Integer.toString(OFFSET)),
                Map.entry("MAILTRACE_SKIP_BUILD", "1"),
                // Everything else that is tested runs beside it.
                Map.entry("MAILTRACE_START_SECONDS", "600"),
                Map.entry("MAILTRACE_STANDINS_EXCHANGE_ONLINE_QUOTA", "0"),
                Map.entry("MAILTRACE_EXO_QUOTA_REQUESTS", "100000"),
                Map.entry("MAILTRACE_CALLERS_REQUESTS_PER_MINUTE", "1000000"),
                // Everything is traced, so that no test's question may leave anything in a span.
                Map.entry("QUARKUS_OTEL_SDK_DISABLED", "false"),
                Map.entry("QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "500ms"),
                Map.entry("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", Collector.url()),
                Map.entry("MAILTRACE_SOURCES_PROOFPOINT_GUARD_BREAKER_DELAY", "2s"),
                Map.entry("MAILTRACE_SOURCES_ONPREM_EXCHANGE_GUARD_BREAKER_DELAY", "2s"),
                Map.entry("MAILTRACE_SOURCES_EXCHANGE_ONLINE_GUARD_BREAKER_DELAY", "2s"));
    }
}
