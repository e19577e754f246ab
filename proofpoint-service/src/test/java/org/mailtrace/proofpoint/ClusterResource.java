package org.mailtrace.proofpoint;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Starts the fake cluster once, and points the service to it with short times. */
public class ClusterResource implements QuarkusTestResourceLifecycleManager {
    static final String TOKEN = "canary-token-0815";
    static final String ARCHIVE_TOKEN = "canary-archive-token-0816";
    private static FakeCluster cluster;

    static FakeCluster cluster() {
        return cluster;
    }

    @Override
    public Map<String, String> start() {
        try {
            cluster = new FakeCluster();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.ofEntries(
                Map.entry("mailtrace.proofpoint.url", cluster.url()),
                Map.entry("mailtrace.proofpoint.username", FakeCluster.USERNAME),
                Map.entry("mailtrace.proofpoint.password", FakeCluster.PASSWORD),
                Map.entry("mailtrace.proofpoint.quarantine-folders", "Bulk,Phish"),
                Map.entry("mailtrace.proofpoint.release-url", "https://myspam.rivercounty.example:10020/euweb/login"),
                Map.entry("mailtrace.proofpoint.max-response-size", "1M"),
                Map.entry("mailtrace.proofpoint.search.count", "10"),
                Map.entry("mailtrace.proofpoint.retry-after", "2m"),
                Map.entry("mailtrace.proofpoint.stream.token", TOKEN),
                Map.entry("mailtrace.proofpoint.stream.archive-token", ARCHIVE_TOKEN),
                Map.entry("mailtrace.proofpoint.search.guard.timeout", "2s"),
                Map.entry("mailtrace.proofpoint.search.guard.retry-delay", "10ms"),
                Map.entry("mailtrace.proofpoint.search.guard.breaker-delay", "300ms"),
                Map.entry("mailtrace.proofpoint.quarantine.guard.timeout", "2s"),
                Map.entry("mailtrace.proofpoint.quarantine.guard.breaker-delay", "300ms"),
                Map.entry("mailtrace.domains", "rivercounty.example"));
    }

    @Override
    public void stop() {
        if (cluster != null) {
            cluster.stop();
        }
    }
}
