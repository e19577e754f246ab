package org.mailtrace.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running service's two ports: questions, and metrics. */
final class Doors {
    private static final Pattern QUESTIONS = Pattern.compile("Listening on: https?://[^:]+:(\\d+)");
    private static final Pattern MANAGEMENT =
            Pattern.compile("Management interface listening on https?://[^:]+:(\\d+)");

    private final HttpClient client;
    private final String questions;
    private final String management;
    private final String token;

    private Doors(HttpClient client, String questions, String management, String token) {
        this.client = client;
        this.questions = questions;
        this.management = management;
        this.token = token;
    }

    /** The ports that the service says in its log; empty while it has not said them. */
    static Optional<Doors> of(Path log, String token) throws IOException {
        String said = Files.exists(log) ? Files.readString(log) : "";
        Matcher questions = QUESTIONS.matcher(said);
        Matcher management = MANAGEMENT.matcher(said);
        return questions.find() && management.find()
                ? Optional.of(new Doors(HttpClient.newHttpClient(), questions.group(1), management.group(1), token))
                : Optional.empty();
    }

    /** The same for somebody else. */
    Doors with(String other) {
        return new Doors(client, questions, management, other);
    }

    /** The port of questions. */
    int port() {
        return Integer.parseInt(questions);
    }

    /** Asks for a message of the last 24 hours by a field; the answer as it came. */
    String ask(String field, String value) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + questions + "/traces?" + field + '='
                                + URLEncoder.encode(value, StandardCharsets.UTF_8)))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("the service answered " + answer.statusCode());
        }
        return answer.body();
    }

    /** Asks a source for a report under a key; what the service said about it. */
    String order(String key, String question) throws IOException, InterruptedException {
        return order("/reports", key, question);
    }

    /** As above, at another address. */
    String order(String path, String key, String question) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(URI.create("http://localhost:" + questions + path))
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(question)));
    }

    /** What is at an address of the service. */
    String get(String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(URI.create("http://localhost:" + questions + path)));
    }

    /** As above; empty where nothing is, or nothing any more. */
    Optional<String> find(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = look(path, "application/json");
        return switch (answer.statusCode()) {
            case 200 -> Optional.of(answer.body());
            case 404, 410 -> Optional.empty();
            default -> throw new IllegalStateException("the service answered " + answer.statusCode());
        };
    }

    /** Whatever is answered, in a shape. */
    HttpResponse<String> look(String path, String type) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + questions + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", type)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Takes something back. */
    String delete(String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(URI.create("http://localhost:" + questions + path))
                .DELETE());
    }

    private String answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                request.header("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException("the service answered " + answer.statusCode());
        }
        return answer.body();
    }

    /** All metrics at this moment. */
    Metrics metrics() throws IOException, InterruptedException {
        return new Metrics(client.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + management + "/q/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
    }

    /** Metrics as text. */
    record Metrics(String text) {
        /** Sum of a metric over all label values that hold this text. */
        double sum(String name, String label) {
            return text.lines()
                    .filter(line -> line.startsWith(name + '{') && line.contains(label))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }
}
