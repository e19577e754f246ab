package org.mailtrace.standins.exo.cmdlet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailtrace.standins.StandInsConfig;
import org.mailtrace.standins.exo.QuotaSpentException;
import org.mailtrace.standins.traffic.FaultSwitches;
import org.mailtrace.standins.traffic.PageFault;

/** The admin API's envelopes: objects with warnings, and errors with more in them than anybody should see. */
@ApplicationScoped
class Replies {
    private static final Pattern MAX_PAGE_SIZE = Pattern.compile("odata\\.maxpagesize=(\\d{1,6})");
    private static final String STACK =
            "   at Synthetic.Exchange.Tasks.Cmdlet.Run(Session session) in D:\\synthetic\\Cmdlet.cs:line 71\r\n"
                    + "   at Synthetic.Exchange.AdminApi.Controller.Invoke()";

    private final String api;
    private final int pageSize;
    private final FaultSwitches switches;

    Replies(StandInsConfig config, FaultSwitches switches) {
        this.api = config.publicUrl() + "/exchange-online/adminapi/beta/"
                + config.exchangeOnline().tenant();
        this.pageSize = config.exchangeOnline().cmdletPageSize();
        this.switches = switches;
    }

    Response page(Cmdlet.Output output, Place place, String prefer) {
        List<PropertyBag> all = output.objects();
        int start = Math.min(place.offset(), all.size());
        int end = Math.min(start + size(prefer), all.size());
        boolean foreign = switches.pages().filter(PageFault.FOREIGN::equals).isPresent();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("@odata.context", api + "/$metadata#Collection(Exchange.GenericHashTable)");
        warn(body, output.warnings());
        if (end < all.size() || foreign) {
            String base = foreign ? "http://outlook.elsewhere.example/adminapi/beta" : api;
            body.put("@odata.nextLink", base + "/InvokeCommand?$skiptoken=" + place.after(end - start));
        }
        body.put("value", all.subList(start, end));
        Response.ResponseBuilder reply = Response.ok(body, MediaType.APPLICATION_JSON);
        if (!output.warnings().isEmpty()) {
            reply.header("X-Warnings", String.join(" ", output.warnings()));
        }
        return reply.build();
    }

    /** An unknown cmdlet and one that the application may not run look the same: an empty body, declared as gzip. */
    Response forbidden() {
        return Response.status(403)
                .type(MediaType.APPLICATION_JSON)
                .header("Content-Encoding", "gzip")
                .build();
    }

    Response throttled(QuotaSpentException e) {
        Response.ResponseBuilder reply = error(429, "TooManyRequests", e.getMessage());
        e.retryAfterSeconds().ifPresent(seconds -> reply.header("Retry-After", seconds));
        return reply.build();
    }

    Response refused(String text) {
        return error(400, "BadRequest", text).build();
    }

    private static Response.ResponseBuilder error(int status, String code, String text) {
        String marked = text.startsWith("|") ? "Ex6F9304" + text : "||" + text;
        Map<String, Object> internal =
                Map.of("message", marked, "type", "Synthetic.Exchange.Tasks.CmdletException", "stacktrace", STACK);
        Map<String, Object> inner = Map.of(
                "message",
                "Error executing cmdlet",
                "type",
                "Synthetic.Exchange.AdminApi.ODataServiceException",
                "stacktrace",
                STACK,
                "internalexception",
                internal);
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", "Error executing cmdlet");
        error.put("details", List.of(Map.of("code", "Client", "target", "", "message", marked)));
        error.put("innererror", inner);
        warn(error, List.of());
        return Response.status(status).type(MediaType.APPLICATION_JSON).entity(Map.of("error", error));
    }

    private static void warn(Map<String, Object> body, List<String> warnings) {
        body.put("adminapi.warnings@odata.type", "#Collection(String)");
        body.put("@adminapi.warnings", warnings);
    }

    private int size(String prefer) {
        Matcher asked = MAX_PAGE_SIZE.matcher(String.valueOf(prefer));
        return asked.find() ? Math.clamp(Integer.parseInt(asked.group(1)), 1, pageSize) : pageSize;
    }
}
