package org.mailtrace.standins.traffic;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** The faults that are switched on. */
@ApplicationScoped
public class FaultSwitches {
    static final String ONPREM = "onprem-exchange";
    static final Set<String> SYSTEMS =
            Set.of("proofpoint", "proofpoint-quarantine", "exchange-online", "exchange-online-token", ONPREM);

    private final Map<String, SystemFault> active = new ConcurrentSkipListMap<>();

    FaultSwitches() {}

    Optional<SystemFault> of(String system) {
        return Optional.ofNullable(active.get(system));
    }

    Map<String, SystemFault> all() {
        return Map.copyOf(active);
    }

    void set(String system, SystemFault fault) {
        active.put(system, fault);
    }

    void clear(String system) {
        active.remove(system);
    }

    void clear() {
        active.clear();
    }

    /** Whether a server's tracking logs stand still. */
    public boolean writesNothing(String server) {
        return onServer(server).map(SystemFault::silent).orElse(false) || isUnreachable(server);
    }

    /** Whether a server's tracking logs cannot be reached. */
    public boolean isUnreachable(String server) {
        return onServer(server).map(SystemFault::dropped).orElse(false);
    }

    /** Whether a server writes rows that are none. */
    public boolean writesGarbage(String server) {
        return onServer(server).map(SystemFault::garbled).orElse(false);
    }

    private Optional<SystemFault> onServer(String server) {
        return of(ONPREM).filter(fault -> fault.server().map(server::equals).orElse(true));
    }
}
