package org.mailtrace.benchmarks;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The packaged gateway in front of prepared sources, with an identity provider of its own. */
final class PackagedGateway implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);

    private final IdentityProvider identityProvider = new IdentityProvider();
    private final Service service;
    private final Doors doors;
    private final String token;

    /** @param more settings beside those that the measuring needs */
    PackagedGateway(
            Path runner,
            Path work,
            List<? extends Answering> sources,
            Map<String, String> more,
            List<String> machine,
            String heap)
            throws IOException, InterruptedException, GeneralSecurityException {
        token = identityProvider.token();
        Path log = Files.createDirectories(work).resolve("gateway.log");
        Files.deleteIfExists(log);
        service = new Service(runner, settings(work, sources, more), machine, heap, log);
        Instant giveUp = Instant.now().plus(START);
        Optional<Doors> found = Doors.of(log, token);
        while (found.isEmpty()) {
            if (!service.isAlive() || Instant.now().isAfter(giveUp)) {
                service.close();
                throw new IllegalStateException("the gateway did not start; see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(100);
            found = Doors.of(log, token);
        }
        doors = found.get();
    }

    private Map<String, String> settings(Path work, List<? extends Answering> sources, Map<String, String> more) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("quarkus.oidc.auth-server-url", identityProvider.url());
        settings.put("quarkus.oidc-client.client-enabled", "false");
        settings.put("mailtrace.domains", "rivercounty.example");
        settings.put("mailtrace.store.file", work.resolve("gateway.db").toString());
        settings.putAll(nextHops());
        // One caller stands for many.
        settings.put("mailtrace.callers.requests-per-minute", "1000000000");
        sources.forEach(source ->
                settings.put("mailtrace.sources." + source.name() + ".url", "http://127.0.0.1:" + source.port()));
        settings.putAll(more);
        return settings;
    }

    /** Which hosts of the prepared rows belong to which source. */
    static Map<String, String> nextHops() {
        return Map.of(
                "mailtrace.next-hops[0].host", "*.mail.protection.outlook.com",
                "mailtrace.next-hops[0].source", "exchange-online",
                "mailtrace.next-hops[1].host", "*.pphosted.com",
                "mailtrace.next-hops[1].source", "proofpoint",
                "mailtrace.next-hops[2].host", "mail.rivercounty.example",
                "mailtrace.next-hops[2].source", "onprem-exchange");
    }

    /** A question for what one recipient got, with every row of the sources in its window. */
    static String question(BackendRows rows) {
        return "/traces?recipient=" + URLEncoder.encode(BackendRows.RECIPIENT, StandardCharsets.UTF_8) + "&from="
                + rows.from();
    }

    Service service() {
        return service;
    }

    Doors doors() {
        return doors;
    }

    String token() {
        return token;
    }

    /** A token for somebody who may ask. */
    String token(String subject) throws GeneralSecurityException {
        return identityProvider.token(subject);
    }

    @Override
    public void close() {
        service.close();
        identityProvider.close();
    }
}
