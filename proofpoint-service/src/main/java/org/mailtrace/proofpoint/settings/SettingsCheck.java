package org.mailtrace.proofpoint.settings;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** Stops a start with a wrong setting: one sentence that names the key. */
@ApplicationScoped
class SettingsCheck {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    void check(@Observes StartupEvent started, ProofpointSettings settings) {
        faultIn(settings).ifPresent(fault -> {
            throw new ConfigurationException(fault);
        });
    }

    /** The first thing that is wrong. */
    static Optional<String> faultIn(ProofpointSettings settings) {
        return faultInAccess(settings).or(() -> faultInFolders(settings)).or(() -> faultInTimes(settings));
    }

    /** A site that has the log stream only can do without the REST API; then its quarantine cannot be looked at. */
    private static Optional<String> faultInAccess(ProofpointSettings settings) {
        if (!settings.ask().asksSmartSearch() && settings.url().isEmpty()) {
            return Optional.empty();
        }
        return faultInUrl(settings)
                .or(() -> missing("username", settings.username(), "the service account's name"))
                .or(() -> missing("password", settings.password(), "the service account's password"));
    }

    private static Optional<String> faultInUrl(ProofpointSettings settings) {
        Optional<String> missing = missing(
                "url", settings.url(), "the cluster's address, such as https://rivercounty.pphosted.example:10000");
        if (missing.isPresent()) {
            return missing;
        }
        try {
            URI url = new URI(settings.url().orElseThrow().strip());
            boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            if (!web || url.getHost() == null || url.getUserInfo() != null || url.getQuery() != null) {
                return Optional.of(
                        "Set mailtrace.proofpoint.url to an address such as https://rivercounty.pphosted.example:10000.");
            }
            boolean plain = "http".equalsIgnoreCase(url.getScheme());
            if (plain && !LOOPBACK.contains(url.getHost()) && !settings.plainHttp()) {
                return Optional.of("Set mailtrace.proofpoint.url to an https address: the password must not travel in"
                        + " clear text.");
            }
            return Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.of("Set mailtrace.proofpoint.url to a valid address: what it holds cannot be read as one.");
        }
    }

    private static Optional<String> faultInFolders(ProofpointSettings settings) {
        return settings.quarantineFolders().stream().anyMatch(String::isBlank)
                ? Optional.of("Set mailtrace.proofpoint.quarantine-folders to folder names: one of them is empty.")
                : Optional.empty();
    }

    private static Optional<String> faultInTimes(ProofpointSettings settings) {
        if (!settings.retention().isPositive()) {
            return Optional.of("Set mailtrace.proofpoint.retention to a positive duration such as 30d.");
        }
        if (settings.settlingTime().isNegative()) {
            return Optional.of("Set mailtrace.proofpoint.settling-time to a duration such as 3m.");
        }
        if (settings.streamSettlingTime().isNegative()) {
            return Optional.of("Set mailtrace.proofpoint.stream-settling-time to a duration such as 5m.");
        }
        if (!settings.search().budget().isPositive()) {
            return Optional.of("Set mailtrace.proofpoint.search.budget to a positive duration such as 9s.");
        }
        return settings.quarantine().budget().isPositive()
                ? Optional.empty()
                : Optional.of("Set mailtrace.proofpoint.quarantine.budget to a positive duration such as 4s.");
    }

    private static Optional<String> missing(String key, Optional<String> value, String meaning) {
        return value.filter(text -> !text.isBlank()).isPresent()
                ? Optional.empty()
                : Optional.of("Set mailtrace.proofpoint." + key + ": " + meaning + " is missing.");
    }
}
