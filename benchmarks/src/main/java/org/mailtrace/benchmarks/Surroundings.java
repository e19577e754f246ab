package org.mailtrace.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * What one service needs around it to start and to answer a real question: its vendor or sources, synthetic, and an identity
 * provider, all on loopback.
 */
final class Surroundings implements AutoCloseable {
    /** The services, as their folders are called. */
    static final List<String> SERVICES =
            List.of("gateway-service", "proofpoint-service", "onprem-exchange-service", "exo-service");

    private static final int LOGGED_MESSAGES = 2000;
    private static final int STREAMED_AN_HOUR = 500;
    private static final int TENANT_ROWS = 3000;
    private static final int TRACES = 20;

    private final IdentityProvider identityProvider = new IdentityProvider();
    private final List<AutoCloseable> open = new ArrayList<>(List.of(identityProvider));
    private final Map<String, String> settings = new LinkedHashMap<>();
    private Supplier<String> question = () -> "/source";

    private Surroundings() throws IOException, GeneralSecurityException {
        settings.put("quarkus.oidc.auth-server-url", identityProvider.url());
        settings.put("mailtrace.domains", "rivercounty.example");
    }

    /** Those of a service, with what it keeps in the folder. */
    static Surroundings of(String service, Path work, PrintStream out) throws IOException, GeneralSecurityException {
        Surroundings made = new Surroundings();
        switch (service) {
            case "gateway-service" -> made.sources(work);
            case "proofpoint-service" -> made.stream(work, out);
            case "onprem-exchange-service" -> made.logs(work);
            case "exo-service" -> made.tenant(work);
            default -> throw new IllegalArgumentException("there is no service " + service);
        }
        return made;
    }

    /** Three sources that answer at once, with twenty messages that went through all of them. */
    private void sources(Path work) throws IOException {
        Instant now = Instant.now();
        BackendRows rows = new BackendRows(TRACES, now);
        for (String name : BackendRows.SOURCES) {
            Backend source = new Backend(name);
            open.add(source);
            source.answers(rows);
            settings.put("mailtrace.sources." + name + ".url", "http://127.0.0.1:" + source.port());
        }
        settings.putAll(PackagedGateway.nextHops());
        settings.put("mailtrace.store.file", work.resolve("gateway.db").toString());
        settings.put("mailtrace.callers.requests-per-minute", "1000000000");
        settings.put("quarkus.oidc-client.credentials.secret", "synthetic-secret");
        question = () -> PackagedGateway.question(rows);
    }

    /** The log stream with two hours of its archive. */
    private void stream(Path work, PrintStream out) throws IOException {
        StreamServer server = new StreamServer(STREAMED_AN_HOUR, out);
        open.add(server);
        settings.put("mailtrace.proofpoint.ask", "log-stream");
        settings.put(
                "mailtrace.proofpoint.index-file", work.resolve("proofpoint.db").toString());
        String stream = "mailtrace.proofpoint.stream.";
        settings.put(stream + "url", server.url());
        settings.put(stream + "cluster-id", "synthetic_hosted");
        settings.put(stream + "token", "synthetic-live");
        settings.put(stream + "archive-token", "synthetic-archive");
        settings.put(stream + "backfill", "3h");
        settings.put(stream + "hour-ready", "1s");
        settings.put(stream + "overlap", "1s");
        question = () -> recipient(
                server.sample().map(mail -> mail.recipients().getFirst()).orElse("ana@rivercounty.example"));
    }

    /** Two servers' tracking logs of thirty days. */
    private void logs(Path work) throws IOException {
        Path rows = work.resolve("rows.csv");
        long count = new LogGenerator(42).write(rows, LOGGED_MESSAGES);
        Samples samples = new Samples();
        try (BufferedReader in = Files.newBufferedReader(rows);
                LogFolders folders = new LogFolders(work.resolve("logs"), LogGenerator.COLUMNS)) {
            long number = 0;
            for (String row = in.readLine(); row != null; row = in.readLine()) {
                if (!row.startsWith("#")) {
                    folders.add(row);
                    samples.see(row, number++, count);
                }
            }
            folders.servers()
                    .forEach((name, folder) ->
                            settings.put("mailtrace.onprem.servers." + name + ".directory", folder.toString()));
        }
        settings.put("mailtrace.onprem.retention", "0");
        settings.put(
                "mailtrace.onprem.index-file",
                work.resolve("onprem-exchange.db").toString());
        Random random = new Random(7);
        Instant last = samples.last();
        question =
                () -> recipient(samples.recipient(random)) + "&from=" + last.minus(Duration.ofDays(2)) + "&to=" + last;
    }

    /** A tenant that answers as Microsoft Graph does, at once. */
    private void tenant(Path work) throws IOException {
        GraphTenant tenant = new GraphTenant(TENANT_ROWS, Instant.now(), Duration.ofDays(10), Duration.ZERO);
        open.add(tenant);
        settings.put("mailtrace.exo.graph-url", tenant.graphUrl());
        settings.put("mailtrace.exo.token-url", tenant.tokenUrl());
        settings.put("mailtrace.exo.client-id", "4711");
        settings.put("mailtrace.exo.client-secret", "synthetic-secret");
        settings.put("mailtrace.exo.store.file", work.resolve("exo.db").toString());
        settings.put("mailtrace.exo.history.directory", work.resolve("history").toString());
        settings.put("mailtrace.exo.quota.requests", "1000000");
        Random random = new Random(7);
        question = () -> recipient(GraphTenant.recipient(random.nextInt(3)));
    }

    private static String recipient(String address) {
        return "/traces?recipient=" + URLEncoder.encode(address, StandardCharsets.UTF_8);
    }

    Map<String, String> settings() {
        return settings;
    }

    /** The path of a question that has an answer. */
    String question() {
        return question.get();
    }

    String token() throws GeneralSecurityException {
        return identityProvider.token();
    }

    @Override
    public void close() {
        for (AutoCloseable each : open.reversed()) {
            try {
                each.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
