package org.mailtrace.exo.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.mailtrace.exo.cmdlet.CmdletSettings;
import org.mailtrace.exo.history.csv.HistoryFile;
import org.mailtrace.exo.history.csv.RowLimits;
import org.mailtrace.exo.history.csv.UnfitFile;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.token.AccessTokens;
import org.mailtrace.exo.wire.Download;
import org.mailtrace.http.guard.SourceFailure;

/**
 * Tries to download a file with the service's token, where it is configured. Nothing documents that Microsoft accepts
 * this. The token goes to the configured hosts alone, over TLS, and no redirect is followed with it.
 */
@ApplicationScoped
class TokenDownload implements FileDownload {
    private static final Logger LOG = Logger.getLogger(TokenDownload.class);

    private final Download download;
    private final Tokens tokens;
    private final ReportFiles files;
    private final boolean wanted;
    private final List<String> hosts;

    @Inject
    TokenDownload(AccessTokens tokens, CmdletSettings cmdlets, ReportFiles files, HistorySettings settings) {
        this(errand -> tokens.current(cmdlets.exchangeScope(), errand.deadline()), files, settings);
    }

    TokenDownload(Tokens tokens, ReportFiles files, HistorySettings settings) {
        this.download = new Download(settings.downloadTimeout());
        this.tokens = tokens;
        this.files = files;
        this.wanted = settings.download();
        this.hosts = settings.downloadHosts().orElse(List.of()).stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Gives a token for Exchange Online; throws SourceFailure if there is none. */
    @FunctionalInterface
    interface Tokens {
        String current(Errand errand);
    }

    @Override
    public boolean into(String reportId, String fileUrl, Errand errand) {
        Optional<URI> address = allowed(fileUrl);
        if (address.isEmpty()) {
            return false;
        }
        try {
            download.fetch(address.orElseThrow(), tokens.current(errand), body -> receive(body, reportId));
            return true;
        } catch (SourceFailure | IOException e) {
            LOG.infof(
                    "file of a historical search was not downloaded reason=%s",
                    e.getClass().getSimpleName());
            return false;
        }
    }

    private Optional<URI> allowed(String fileUrl) {
        if (!wanted) {
            return Optional.empty();
        }
        try {
            URI address = URI.create(fileUrl);
            boolean known = address.getHost() != null
                    && address.getUserInfo() == null
                    && hosts.contains(address.getHost().toLowerCase(Locale.ROOT));
            boolean safe = "https".equals(address.getScheme()) || isLoopback(address);
            return known && safe ? Optional.of(address) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isLoopback(URI address) {
        return "http".equals(address.getScheme())
                && List.of("localhost", "127.0.0.1").contains(address.getHost());
    }

    private void receive(InputStream body, String reportId) throws IOException {
        Path part = files.receive(body);
        try (HistoryFile file = HistoryFile.open(Files.newInputStream(part), RowLimits.DOCUMENTED)) {
            file.kind();
        } catch (IOException e) {
            files.discard(part);
            throw e;
        } catch (UnfitFile e) {
            files.discard(part);
            throw new IOException("not a report", e);
        }
        files.keep(part, reportId);
    }
}
