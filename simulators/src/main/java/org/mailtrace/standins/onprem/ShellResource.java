package org.mailtrace.standins.onprem;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.mailtrace.standins.StandInsConfig;
import org.mailtrace.standins.shell.ShellReply;
import org.mailtrace.standins.shell.ShellRules;
import org.mailtrace.standins.shell.ShellServer;
import org.mailtrace.standins.traffic.FaultSwitches;

/** The PowerShell directory of each Exchange server; IIS in front of it presses answers unless told not to. */
@Path("/exchange/{server}/PowerShell")
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
class ShellResource {
    private final Map<String, ShellServer> servers = new ConcurrentHashMap<>();
    private final ShellRules rules;
    private final TrackingLogs logs;
    private final FaultSwitches faults;

    ShellResource(StandInsConfig config, TrackingLogs logs, FaultSwitches faults) {
        StandInsConfig.OnpremExchange exchange = config.onpremExchange();
        ShellRules usual = ShellRules.of(exchange.user(), exchange.password());
        this.rules = new ShellRules(
                usual.user(),
                usual.password(),
                exchange.shells(),
                usual.fragment(),
                exchange.zone().map(ZoneId::of),
                true);
        this.logs = logs;
        this.faults = faults;
    }

    @POST
    public Response answer(
            @PathParam("server") String server,
            @HeaderParam("Authorization") @DefaultValue("") String authorization,
            @HeaderParam("Cookie") @DefaultValue("") String cookie,
            @HeaderParam("Accept-Encoding") @DefaultValue("") String encoding,
            String body)
            throws InterruptedException, IOException {
        if (!logs.knows(server)) {
            throw new NotFoundException();
        }
        ShellServer shells = servers.computeIfAbsent(
                server, name -> new ShellServer(rules, (from, to) -> logs.rows(name, from, to)));
        ShellRules.Mood mood = new ShellRules.Mood(faults.cmdletTakes(server), faults.isOverloaded(server));
        ShellReply reply = shells.answer(authorization, cookie, body, mood);
        Response.ResponseBuilder response = Response.status(reply.status());
        reply.headers().forEach(response::header);
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        return encoding.equals("identity")
                ? response.entity(bytes).build()
                : response.header("Content-Encoding", "gzip")
                        .entity(pressed(bytes))
                        .build();
    }

    private static byte[] pressed(byte[] bytes) throws IOException {
        ByteArrayOutputStream pressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(pressed)) {
            out.write(bytes);
        }
        return pressed.toByteArray();
    }
}
