package org.mailtrace.proofpoint.stream;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** Finds a wrong setting of the log stream: one sentence that names the key and never what it holds. */
final class StreamSettingsCheck {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final String PREFIX = "mailtrace.proofpoint.stream.";

    private StreamSettingsCheck() {}

    /**
     * The first thing that is wrong.
     *
     * @param plain whether the token may travel in clear text to a host that is not this one
     */
    static Optional<String> faultIn(StreamSettings settings, boolean plain) {
        return missing("url", settings.url(), "the stream's address, such as wss://logstream.proofpoint.com:443")
                .or(() -> faultInUrl(settings.url().orElseThrow(), plain))
                .or(() -> missing("cluster-id", settings.clusterId(), "the cluster, as the console shows it"))
                .or(() -> missing("token", settings.token(), "the stream's API key"))
                .or(() -> faultInToken("token", settings.token()))
                .or(() -> faultInToken("archive-token", settings.archiveToken()))
                .or(() -> faultInBothTokens(settings))
                .or(() -> faultInTimes(settings));
    }

    private static Optional<String> faultInUrl(String text, boolean plain) {
        try {
            URI url = new URI(text.strip());
            boolean clear = "ws".equalsIgnoreCase(url.getScheme());
            boolean ours = clear || "wss".equalsIgnoreCase(url.getScheme());
            if (!ours || url.getHost() == null || url.getUserInfo() != null || url.getQuery() != null) {
                return Optional.of("Set " + PREFIX + "url to an address such as wss://logstream.proofpoint.com:443.");
            }
            return clear && !plain && !LOOPBACK.contains(url.getHost())
                    ? Optional.of("Set " + PREFIX + "url to a wss address: the token must not travel in clear text.")
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.of("Set " + PREFIX + "url to a valid address: what it holds cannot be read as one.");
        }
    }

    private static Optional<String> faultInToken(String key, Optional<String> token) {
        return token.filter(text -> text.isBlank() || text.chars().anyMatch(c -> c <= ' ' || c > '~'))
                .map(text -> "Set " + PREFIX + key + " to the key alone: it has characters that no key has.");
    }

    /** The vendor lets one session per token and type in: the archive would be refused for as long as the live one stands. */
    private static Optional<String> faultInBothTokens(StreamSettings settings) {
        return settings.archiveToken()
                .filter(archive -> settings.token().filter(archive::equals).isPresent())
                .map(same -> "Set " + PREFIX + "archive-token to another key than " + PREFIX
                        + "token, or leave it out: one key allows one session at a time.");
    }

    private static Optional<String> faultInTimes(StreamSettings settings) {
        if (settings.archivePhase().compareTo(settings.resumes()) >= 0) {
            return Optional.of("Set " + PREFIX + "archive-phase to less than " + PREFIX
                    + "resumes: the vendor holds what a live connection misses only for so long.");
        }
        if (settings.catchUp().compareTo(settings.livePhase()) >= 0) {
            return Optional.of("Set " + PREFIX + "catch-up to less than " + PREFIX
                    + "live-phase: a live connection must last until it has brought what was missed.");
        }
        if (settings.hourReady().compareTo(settings.overlap()) < 0) {
            return Optional.of("Set " + PREFIX + "hour-ready to no less than " + PREFIX
                    + "overlap: records may come so late, also to the archive.");
        }
        return settings.pingEvery().isPositive() && settings.silence().isPositive()
                ? Optional.empty()
                : Optional.of("Set " + PREFIX + "ping-every and silence to positive durations such as 2m.");
    }

    private static Optional<String> missing(String key, Optional<String> value, String meaning) {
        return value.filter(text -> !text.isBlank()).isPresent()
                ? Optional.empty()
                : Optional.of("Set " + PREFIX + key + ": " + meaning + " is missing.");
    }
}
