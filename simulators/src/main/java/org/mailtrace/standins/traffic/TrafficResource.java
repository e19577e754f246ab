package org.mailtrace.standins.traffic;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.mailtrace.standins.StandInsConfig;

/** The tests' handles: fault switches and request counters. */
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class TrafficResource {
    private final FaultSwitches switches;
    private final RequestCounters counters;
    private final boolean enabled;

    TrafficResource(FaultSwitches switches, RequestCounters counters, StandInsConfig config) {
        this.switches = switches;
        this.counters = counters;
        this.enabled = config.faults();
    }

    @GET
    @Path("faults")
    public Map<String, SystemFault> faults() {
        return switches.all();
    }

    @POST
    @Path("faults/{system}")
    public void set(@PathParam("system") String system, SystemFault fault) {
        requireEnabled();
        if (!FaultSwitches.SYSTEMS.contains(system) || fault == null) {
            throw refusal(400, "A fault is for one of " + FaultSwitches.SYSTEMS + " and has a JSON body.");
        }
        boolean http = fault.delayMs().isPresent()
                || fault.status().isPresent()
                || fault.operation().isPresent()
                || fault.trickleMs().isPresent()
                || fault.throttle().isPresent();
        boolean ofServers = system.equals(FaultSwitches.ONPREM) || system.equals(FaultSwitches.SHELL);
        boolean unfit = system.equals(FaultSwitches.ONPREM) && http;
        boolean ofOthers = (!system.equals(FaultSwitches.EXCHANGE_ONLINE)
                        && (fault.pages().isPresent() || fault.widestHours().isPresent()))
                || fault.refuse().filter(refusal -> !refusal.isOf(system)).isPresent();
        if (ofOthers) {
            throw refusal(400, "This fault is not one of " + system + ".");
        }
        if (unfit || (!ofServers && fault.server().isPresent())) {
            throw refusal(
                    400,
                    "Files are silent, dropped or malformed; only HTTP has the others. Only Exchange servers are single servers.");
        }
        switches.set(system, fault);
    }

    @DELETE
    @Path("faults")
    public void clear() {
        requireEnabled();
        switches.clear();
    }

    @DELETE
    @Path("faults/{system}")
    public void clear(@PathParam("system") String system) {
        requireEnabled();
        switches.clear(system);
    }

    @GET
    @Path("requests")
    public List<RequestCounters.Count> requests() {
        return counters.all();
    }

    @DELETE
    @Path("requests")
    public void resetRequests() {
        counters.reset();
    }

    private void requireEnabled() {
        if (!enabled) {
            throw refusal(403, "Faults are switched off: mailtrace.standins.faults=false.");
        }
    }

    private static WebApplicationException refusal(int status, String text) {
        return new WebApplicationException(
                Response.status(status).type(MediaType.TEXT_PLAIN).entity(text).build());
    }
}
