package org.mailtrace.exo.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.mailtrace.exo.cmdlet.CmdletSettings;
import org.mailtrace.exo.history.csv.HistoryFile;
import org.mailtrace.exo.history.csv.RowLimits;
import org.mailtrace.exo.history.csv.UnfitFile;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.token.AccessTokens;
import org.mailtrace.http.guard.SourceFailure;

/**
 * Tries to download a file with the service's token, where it is configured. Nothing documents that Microsoft accepts
 * this. The token goes to the configured hosts alone, over TLS, and no redirect is followed with it.
 */
@ApplicationScoped
class TokenDownload implements FileDownload {
    private static final Logger LOG = Logger.getLogger(TokenDownload.class);

    private final HttpClient http;
    private final Tokens tokens;
    private final ReportFiles files;
    private final boolean wanted;
    private final List<String> hosts;
    private final Duration timeout;

    @Inject
    TokenDownload(AccessTokens tokens, CmdletSettings cmdlets, ReportFiles files, HistorySettings settings) {
        this(errand -> tokens.current(cmdlets.exchangeScope(), errand.deadline()), files, settings);
    }

    TokenDownload(Tokens tokens, ReportFiles files, HistorySettings settings) {
        this.http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        this.tokens = tokens;
        this.files = files;
        this.wanted = settings.download();
        this.hosts = settings.downloadHosts().orElse(List.of()).stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .toList();
        this.timeout = settings.downloadTimeout();
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
            String token = tokens.current(errand);
            return fetch(address.orElseThrow(), token, reportId);
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

    /** The time is for all of it: a server that sends byte by byte is given up. */
    private boolean fetch(URI address, String token, String reportId) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/csv, application/octet-stream")
                .timeout(timeout)
                .build();
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Thread fetching = Thread.ofVirtual().start(() -> {
            try {
                done.complete(fetched(request, reportId));
            } catch (IOException | UnfitFile | RuntimeException e) {
                done.completeExceptionally(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                done.completeExceptionally(e);
            }
        });
        try {
            return done.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no file", e);
        } finally {
            fetching.interrupt();
        }
    }

    private boolean fetched(HttpRequest request, String reportId) throws IOException, InterruptedException, UnfitFile {
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                LOG.infof("file of a historical search was refused status=%d", response.statusCode());
                return false;
            }
            Path part = files.receive(body);
            try (HistoryFile file = HistoryFile.open(Files.newInputStream(part), RowLimits.DOCUMENTED)) {
                file.kind();
            } catch (IOException | UnfitFile e) {
                files.discard(part);
                throw e;
            }
            files.keep(part, reportId);
            return true;
        }
    }
}
