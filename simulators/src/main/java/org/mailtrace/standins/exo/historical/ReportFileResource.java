package org.mailtrace.standins.exo.historical;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.mailtrace.standins.StandInsConfig;
import org.mailtrace.standins.exo.identity.Audience;
import org.mailtrace.standins.exo.identity.TokenRefusedException;
import org.mailtrace.standins.exo.identity.Tokens;

/**
 * A report's file. Who is not signed in at a browser is led to the sign-in page, a token or not; after 20 downloads the
 * server is busy (both told of the original in public).
 */
@Path("/exchange-online/reports/{id}.csv")
@RunOnVirtualThread
@Singleton
class ReportFileResource {
    private final StandInsConfig config;
    private final HistoricalSearches searches;
    private final ReportFiles files;
    private final InteractiveSessions sessions;
    private final Tokens tokens;
    private final Map<String, Integer> downloads = new ConcurrentHashMap<>();

    ReportFileResource(
            StandInsConfig config,
            HistoricalSearches searches,
            ReportFiles files,
            InteractiveSessions sessions,
            Tokens tokens) {
        this.config = config;
        this.searches = searches;
        this.files = files;
        this.sessions = sessions;
        this.tokens = tokens;
    }

    @GET
    public Response download(
            @PathParam("id") String id,
            @CookieParam(InteractiveSessions.COOKIE) String session,
            @HeaderParam("Authorization") String authorization) {
        if (!sessions.isOpen(session) && !isAllowed(authorization)) {
            return Response.status(302)
                    .location(URI.create(config.publicUrl()
                            + "/exchange-online/sign-in?return=/exchange-online/reports/" + id + ".csv"))
                    .build();
        }
        Optional<HistoricalSearch> search =
                searches.find(id).filter(found -> searches.status(found).equals(HistoricalSearch.DONE));
        if (search.isEmpty()) {
            return Response.status(404).build();
        }
        if (downloads.merge(id, 1, Integer::sum) > config.exchangeOnline().reportDownloads()) {
            return Response.status(503)
                    .type(MediaType.TEXT_HTML)
                    .entity("<!doctype html><title>503</title>The server is busy.")
                    .build();
        }
        return Response.ok(files.file(search.get()), MediaType.APPLICATION_OCTET_STREAM)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + search.get().id() + ".csv\"")
                .build();
    }

    private boolean isAllowed(String authorization) {
        if (!config.exchangeOnline().reportByToken()) {
            return false;
        }
        try {
            tokens.require(authorization, Audience.EXCHANGE);
            return true;
        } catch (TokenRefusedException e) {
            return false;
        }
    }
}
