package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Another packaged service beside the demonstration's, on the same stand-ins, with some settings of its own. */
final class SecondService implements AutoCloseable {
    private final String service;
    private final int usualPort;
    private final Map<String, String> settings;
    private Process process;

    /**
     * Starts it, and waits until it is ready.
     *
     * @param service as {@code ./mailtrace} calls it
     * @param usualPort before the offset; 1000 above it is its management port
     * @param settings what differs from the demonstration's service
     */
    SecondService(String service, int usualPort, Map<String, String> settings) {
        this(service, settings, usualPort);
        start();
    }

    private SecondService(String service, Map<String, String> settings, int usualPort) {
        this.service = service;
        this.usualPort = usualPort;
        this.settings = Map.copyOf(settings);
    }

    /** Starts it and waits for nothing. */
    static SecondService starting(String service, int usualPort, Map<String, String> settings) {
        SecondService second = new SecondService(service, settings, usualPort);
        second.launch();
        return second;
    }

    void start() {
        launch();
        awaitReadiness();
    }

    /** Starts it again and waits for nothing. */
    void launch() {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("quarkus.http.host", "127.0.0.1");
        all.put("quarkus.http.port", Integer.toString(Launcher.port(usualPort)));
        all.put("quarkus.management.host", "127.0.0.1");
        all.put("quarkus.management.port", Integer.toString(Launcher.port(usualPort + 1000)));
        ProcessBuilder builder = new ProcessBuilder(Packaged.command(service, all))
                .redirectErrorStream(true)
                .redirectOutput(Launcher.HOME
                        .resolve("second-" + service + "-" + usualPort + ".log")
                        .toFile());
        // The stand-ins write the file to rank below the environment and system properties.
        builder.environment()
                .put(
                        "QUARKUS_CONFIG_LOCATIONS",
                        Launcher.HOME
                                .resolve("run/stand-ins/config/" + service + ".properties")
                                .toString());
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitReadiness() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptions()
                .until(this::isReady);
    }

    /** Its management port may answer a moment before the other one listens, which refuses until then. */
    private boolean isReady() {
        return Gateway.anonymous().get(url() + "/source").statusCode() > 0
                && Gateway.anonymous()
                                .accept("*/*")
                                .get(Launcher.url(usualPort + 1000) + "/q/health/ready")
                                .statusCode()
                        == 200;
    }

    /** As {@code kill} does, and waits for nothing. */
    void tellToEnd() {
        process.destroy();
    }

    /** From now on it hangs: it takes connections, and says nothing. */
    void pause() {
        signal("STOP");
    }

    /** It goes on where it hung. */
    void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        Launcher.Result sent = Launcher.execute(List.of("sh", "-c", "kill -" + name + " " + process.pid()), Map.of());
        assertThat(sent.exitCode()).as(sent.output()).isZero();
    }

    /**
     * As {@code kill} does, and as a rolling update does; waits until it has ended.
     *
     * @return with which code it ended
     */
    int end() {
        close();
        return process.exitValue();
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** The answer to a question, which a source always answers with 200. */
    JsonNode trace(Map<String, ?> question) {
        return get("/traces", question);
    }

    String url() {
        return Launcher.url(usualPort);
    }

    /** How the service says that it is doing. */
    JsonNode info() {
        return get("/source", Map.of());
    }

    /** The first value of a metric; 0 if there is none yet. */
    double metric(String name) {
        return metric(name, "");
    }

    /** The first value of a metric whose labels hold a text; 0 if there is none yet. */
    double metric(String name, String label) {
        return Gateway.anonymous()
                .accept("text/plain")
                .get(Launcher.url(usualPort + 1000) + "/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .filter(line -> line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(0);
    }

    private JsonNode get(String path, Map<String, ?> parameters) {
        Response response = Gateway.as("helpdesk").queryParams(parameters).get(Launcher.url(usualPort) + path);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return Gateway.json(response);
    }

    @Override
    public void close() {
        tellToEnd();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
