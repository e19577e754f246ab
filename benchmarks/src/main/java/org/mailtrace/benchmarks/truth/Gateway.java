package org.mailtrace.benchmarks.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Asks over HTTP. A token that has run out is renewed, and a refusal for asking too often is waited out. */
final class Gateway {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;
    private static final int TRIES = 30;

    private final Installation mailtrace;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private volatile String token;

    Gateway(Installation mailtrace) {
        this.mailtrace = mailtrace;
        this.token = mailtrace.token();
    }

    record Answer(int status, JsonNode body) {}

    Answer ask(Map<String, String> parameters) throws IOException, InterruptedException {
        String query = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        URI uri = URI.create(mailtrace.gateway() + "/traces?" + query);
        for (int i = 0; i < TRIES; i++) {
            String used = token;
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(uri)
                            .header("Authorization", "Bearer " + used)
                            .header("Accept", "application/json")
                            .timeout(Duration.ofSeconds(30))
                            .build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() == UNAUTHORIZED) {
                renew(used);
            } else if (response.statusCode() == TOO_MANY) {
                TimeUnit.MILLISECONDS.sleep(500);
            } else {
                return new Answer(response.statusCode(), JSON.readTree(response.body()));
            }
        }
        throw new IOException("the gateway takes no question");
    }

    private synchronized void renew(String used) {
        if (token.equals(used)) {
            token = mailtrace.token();
        }
    }
}
