package org.mailtrace.standins.exo.historical;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.regex.Pattern;

/** A page with one button, in the place of Microsoft's sign-in. */
@Path("/exchange-online/sign-in")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class SignInPageResource {
    private static final Pattern REPORT = Pattern.compile("/exchange-online/reports/[0-9a-f-]{36}\\.csv");

    private final InteractiveSessions sessions;

    SignInPageResource(InteractiveSessions sessions) {
        this.sessions = sessions;
    }

    @GET
    public String page(@QueryParam("return") String back) {
        return "<!doctype html><title>Demonstration sign-in</title><form method=\"post\">"
                + "<input type=\"hidden\" name=\"return\" value=\"" + safe(back) + "\">"
                + "<button>Sign in as the demonstration's administrator</button></form>";
    }

    @POST
    public Response signIn(@FormParam("return") String back) {
        NewCookie cookie = new NewCookie.Builder(InteractiveSessions.COOKIE)
                .value(sessions.begin())
                .path("/exchange-online")
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.LAX)
                .build();
        return Response.seeOther(URI.create(safe(back))).cookie(cookie).build();
    }

    private static String safe(String back) {
        return back != null && REPORT.matcher(back).matches() ? back : "/exchange-online/sign-in";
    }
}
