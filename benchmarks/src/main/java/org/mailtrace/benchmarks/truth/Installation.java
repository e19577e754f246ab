package org.mailtrace.benchmarks.truth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The script {@code ./mailtrace}, on ports and in a home of its own, with a door in front of every source. The stand-in's
 * quota and the gateway's limit of requests are switched off: a tenant may be asked 100 times in five minutes, and this
 * asks as often in a second.
 */
public final class Installation implements AutoCloseable {
    private static final int GATEWAY = 8080;

    /** The services' usual ports, by the sources that they are. */
    private static final Map<String, Integer> PORTS =
            Map.of("proofpoint", 8081, "onprem-exchange", 8082, "exchange-online", 8083);

    /** A circuit that opened is not to be waited for as long as in production. */
    private static final String BREAKER_DELAY = "500ms";

    private final Path root;
    private final Path home;
    private final Path keycloak;
    private final int offset;
    private final Optional<String> issuer;
    private final Map<String, Door> doors = new TreeMap<>();

    /**
     * Prepares; nothing runs yet.
     *
     * @param root the repository
     * @param home where its state is kept
     * @param keycloak where an unpacked Keycloak is, or will be
     * @param offset what is added to every port
     * @param issuer the realm of a Keycloak that runs already; without it, one of its own is started
     */
    public Installation(Path root, Path home, Path keycloak, int offset, Optional<String> issuer) {
        this.root = root;
        this.home = home;
        this.keycloak = keycloak;
        this.offset = offset;
        this.issuer = issuer;
        PORTS.forEach((source, port) -> doors.put(source, new Door(port + offset)));
    }

    /** The gateway's address. */
    String gateway() {
        return "http://localhost:" + (GATEWAY + offset);
    }

    /** The sources by name. */
    Set<String> sources() {
        return PORTS.keySet();
    }

    /** Starts everything on these stories; with the system property {@code native.executables}, as native executables. */
    public void up(Path stories) {
        List<String> command = new ArrayList<>(List.of("up", "--detach", "--stories", stories.toString()));
        if (Boolean.getBoolean("native.executables")) {
            command.add("--native");
        }
        must(command.toArray(String[]::new));
    }

    /** Stops everything. */
    public void down() {
        run("down");
    }

    /** For the gateway, only these sources live from now on. */
    void leaveAlive(Set<String> living) {
        doors.forEach((source, door) -> {
            if (living.contains(source)) {
                door.open();
            } else {
                door.shut();
            }
        });
    }

    String token() {
        return must("token", "helpdesk").strip();
    }

    @Override
    public void close() throws IOException {
        down();
        for (Door door : doors.values()) {
            door.close();
        }
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
        issuer.ifPresent(realm -> environment.put("MAILTRACE_ISSUER", realm));
        environment.put("MAILTRACE_SKIP_BUILD", "1");
        environment.put("MAILTRACE_START_SECONDS", "600");
        environment.put("MAILTRACE_STANDINS_EXCHANGE_ONLINE_QUOTA", "0");
        environment.put("MAILTRACE_EXO_QUOTA_REQUESTS", "1000000");
        environment.put("MAILTRACE_CALLERS_REQUESTS_PER_MINUTE", "10000000");
        doors.forEach((source, door) -> {
            String name = "MAILTRACE_SOURCES_" + source.toUpperCase(Locale.ROOT).replace('-', '_');
            environment.put(name + "_URL", door.url());
            environment.put(name + "_GUARD_BREAKER_DELAY", BREAKER_DELAY);
        });
        return environment;
    }

    private record Result(int code, String output) {}
}
