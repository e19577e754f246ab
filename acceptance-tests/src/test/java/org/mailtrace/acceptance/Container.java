package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A packaged service, started as a cluster would start its container: with the manifest's environment and files, and
 * nothing else; in a folder that cannot be written to, and as the manifest's user where a test may change to that. Paths
 * of mounted volumes are those of temporary folders, ports are moved.
 */
final class Container implements AutoCloseable {
    /** Beside those of {@code ./mailtrace} and of further services. */
    private static final int MOVED = 300;

    private final String name;
    private final JsonNode pod;
    private final JsonNode container;
    private final Volumes volumes;
    private final Path log;
    private final Path work;
    private final Map<String, String> environment = new TreeMap<>();
    private Process process;

    Container(JsonNode deployment, JsonNode container, Volumes volumes, Secrets secrets, Path folder) {
        this.name = deployment.at("/metadata/name").asText();
        this.pod = deployment.at("/spec/template/spec");
        this.container = container;
        this.volumes = volumes;
        this.log = folder.resolve(name + "-" + container.path("name").asText() + ".log");
        this.work = folder.resolve(name + "-" + container.path("name").asText() + "-work");
        environment.put("PATH", System.getenv("PATH"));
        Manifests.each(container.path("env")).forEach(variable -> {
            JsonNode secret = variable.at("/valueFrom/secretKeyRef");
            String key = variable.path("name").asText();
            if (!secret.isMissingNode()) {
                secrets.value(secret.path("name").asText(), secret.path("key").asText())
                        .ifPresent(value -> environment.put(key, value));
            } else if (variable.at("/valueFrom/fieldRef/fieldPath").asText().equals("metadata.name")) {
                environment.put(key, name + "-0");
            } else if (variable.at("/valueFrom/fieldRef/fieldPath").asText().equals("metadata.namespace")) {
                environment.put(key, deployment.at("/metadata/namespace").asText());
            } else {
                environment.put(
                        key,
                        volumes.onThisMachine(expanded(variable.path("value").asText())));
            }
        });
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        String management = container.at("/readinessProbe/httpGet/port").asText();
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(port(management)));
        environment.put(
                "QUARKUS_HTTP_PORT",
                Integer.toString(port(port -> !port.path("name").asText().equals(management))));
    }

    private String expanded(String value) {
        String expanded = value;
        for (Map.Entry<String, String> known : environment.entrySet()) {
            expanded = expanded.replace("$(" + known.getKey() + ")", known.getValue());
        }
        return expanded;
    }

    private int port(String portName) {
        return port(port -> port.path("name").asText().equals(portName));
    }

    private int port(Predicate<JsonNode> wanted) {
        return Manifests.each(container.path("ports"))
                .filter(wanted)
                .mapToInt(port -> Launcher.port(port.path("containerPort").asInt() + MOVED))
                .findFirst()
                .orElseThrow(() -> new AssertionError(this + " lacks a port"));
    }

    /** @param hosts names that it can look up; there are no others */
    void start(Path hosts) {
        try {
            Files.createDirectory(work);
            Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("r-xr-xr-x"));
            List<String> options = Stream.of(
                            environment.getOrDefault("JDK_JAVA_OPTIONS", "").split(" "))
                    .filter(option -> !option.isEmpty())
                    .collect(Collectors.toCollection(ArrayList::new));
            options.add("-Djdk.net.hosts.file=" + hosts);
            if (!Packaged.NATIVE) {
                options.add("-XX:TieredStopAtLevel=1");
            }
            environment.remove("JDK_JAVA_OPTIONS");
            List<String> command = new ArrayList<>(asItsUser());
            command.addAll(Packaged.command(module(), options));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(work.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String module() {
        return isService() ? name : "stand-ins";
    }

    private boolean isService() {
        return container.path("name").asText().equals("service");
    }

    /** Who is root may do anything, so a test of root becomes the manifest's user, where that one can read what was built. */
    private List<String> asItsUser() {
        String user = pod.at("/securityContext/runAsUser").asText();
        String group = pod.at("/securityContext/runAsGroup").asText();
        List<String> change = List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups");
        List<String> trial = Stream.concat(
                        change.stream(),
                        Stream.of("test", "-r", Packaged.target("gateway").toString()))
                .toList();
        return System.getProperty("user.name").equals("root")
                        && Launcher.execute(List.of("sh", "-c", "command -v setpriv"), Map.of())
                                        .exitCode()
                                == 0
                        && Launcher.execute(trial, Map.of()).exitCode() == 0
                ? change
                : List.of();
    }

    /** Waits until every probe is answered as a cluster wants it. */
    void awaitProbes() {
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            JsonNode get = container.path(probe).path("httpGet");
            if (get.isMissingNode() && !isService()) {
                continue;
            }
            assertThat(get.path("path").asText()).as(probe + " of " + this).isNotEmpty();
            String url = "http://127.0.0.1:" + port(get.path("port").asText())
                    + get.path("path").asText();
            Awaitility.await(this + ", " + probe + ", " + url)
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptionsMatching(e -> process.isAlive())
                    .until(() -> {
                        assertThat(process.isAlive())
                                .as(this + " ended: " + said())
                                .isTrue();
                        return Gateway.anonymous().accept("*/*").get(url).statusCode() == 200;
                    });
        }
    }

    /** Files that it has open for writing, and whatever it left in its folder, that no manifest calls writable. */
    List<String> writtenElsewhere() {
        List<Path> writable = volumes.writable();
        try (Stream<Path> left = Files.walk(work)) {
            return Stream.concat(left.filter(file -> !file.equals(work)), openForWriting())
                    .filter(file -> !file.equals(log) && writable.stream().noneMatch(file::startsWith))
                    .map(Path::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** None where the system does not tell. */
    private Stream<Path> openForWriting() throws IOException {
        Path descriptors = Path.of("/proc", Long.toString(process.pid()), "fd");
        if (!Files.isDirectory(descriptors)) {
            return Stream.empty();
        }
        List<Path> open = new ArrayList<>();
        try (Stream<Path> all = Files.list(descriptors)) {
            for (Path each : all.toList()) {
                try {
                    Path file = Files.readSymbolicLink(each);
                    String flags = Files.readString(
                            descriptors.resolveSibling("fdinfo").resolve(each.getFileName()));
                    if (Files.isRegularFile(file) && isForWriting(flags)) {
                        open.add(file);
                    }
                } catch (NoSuchFileException e) {
                    // Closed meanwhile.
                }
            }
        }
        return open.stream();
    }

    private static boolean isForWriting(String information) {
        return information
                .lines()
                .filter(line -> line.startsWith("flags:"))
                .anyMatch(line ->
                        (Integer.parseInt(line.substring("flags:".length()).strip(), 8) & 3) != 0);
    }

    /** Whatever it printed so far, line by line. */
    List<String> said() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void tellToEnd() {
        process.destroy();
    }

    /** Waits as long as a cluster would; whether that was long enough. */
    boolean endsWithinItsGrace() {
        try {
            return process.waitFor(pod.path("terminationGracePeriodSeconds").asInt(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Override
    public String toString() {
        return name + "/" + container.path("name").asText();
    }

    /** Every container of an overlay that is made of what this build packages: services, and stand-ins. */
    static Map<String, Container> all(Manifests manifests, Secrets secrets, Path folder) {
        Map<String, Container> all = new LinkedHashMap<>();
        manifests.deployments().forEach(deployment -> {
            JsonNode pod = deployment.at("/spec/template/spec");
            Stream.concat(Manifests.each(pod.path("initContainers")), Manifests.each(pod.path("containers")))
                    .filter(container -> container.path("name").asText().matches("service|stand-ins"))
                    .map(container -> new Container(
                            deployment,
                            container,
                            new Volumes(deployment, container, manifests, secrets, folder),
                            secrets,
                            folder))
                    .forEach(container -> all.put(container.toString(), container));
        });
        return all.entrySet().stream()
                .sorted(Comparator.comparing(entry -> !entry.getKey().endsWith("stand-ins")))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
    }
}
