package org.mailtrace.benchmarks.truth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The script {@code ./mailtrace}, on ports and in a home of its own. The stand-in's quota is switched off: a tenant may be
 * asked 100 times in five minutes, and this asks as often in a second.
 *
 * @param root the repository
 * @param home where its state is kept
 * @param keycloak where an unpacked Keycloak is, or will be
 * @param offset what is added to every port
 */
public record Installation(Path root, Path home, Path keycloak, int offset) {
    private static final int GATEWAY = 8080;

    /** The gateway's address. */
    String gateway() {
        return "http://localhost:" + (GATEWAY + offset);
    }

    /** Starts everything on these stories. */
    public void up(Path stories) {
        must("up", "--detach", "--stories", stories.toString());
    }

    /** Stops everything. */
    public void down() {
        run("down");
    }

    void start(String service) {
        must("up", service);
    }

    void stop(String service) {
        must("down", service);
    }

    String token() {
        return must("token", "helpdesk").strip();
    }

    private String must(String... arguments) {
        Result result = run(arguments);
        if (result.code != 0) {
            throw new IllegalStateException("mailtrace " + List.of(arguments) + ": " + result.output);
        }
        return result.output;
    }

    private Result run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(root.resolve("mailtrace").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new IllegalStateException("./mailtrace cannot be run in " + root, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("MAILTRACE_HOME", home.toString());
        environment.put("MAILTRACE_KEYCLOAK", keycloak.toString());
        environment.put("MAILTRACE_PORT_OFFSET", Integer.toString(offset));
        environment.put("MAILTRACE_SKIP_BUILD", "1");
        environment.put("MAILTRACE_STANDINS_EXCHANGE_ONLINE_QUOTA", "0");
        environment.put("MAILTRACE_EXO_QUOTA_REQUESTS", "1000000");
        return environment;
    }

    private record Result(int code, String output) {}
}
