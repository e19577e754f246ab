package org.mailtrace.standins.traffic;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** The faults that are switched on. */
@ApplicationScoped
public class FaultSwitches {
    static final String ONPREM = "onprem-exchange";
    /** The servers' remote PowerShell: its faults are its own, so that it can live while the files are away. */
    static final String SHELL = "onprem-powershell";

    /** The log stream: open sessions misbehave as well as new ones. */
    static final String STREAM = "proofpoint-stream";

    static final String EXCHANGE_ONLINE = "exchange-online";
    static final String SIGN_IN = "exchange-online-token";

    static final Set<String> SYSTEMS =
            Set.of("proofpoint", "proofpoint-quarantine", STREAM, EXCHANGE_ONLINE, SIGN_IN, ONPREM, SHELL);

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

    /** Whether the log stream's sessions are half open: accepted, and then not a byte in either direction. */
    public boolean streamIsSilent() {
        return of(STREAM).map(SystemFault::silent).orElse(false);
    }

    /** Whether the log stream's sessions are broken off. */
    public boolean streamIsDropped() {
        return of(STREAM).map(SystemFault::dropped).orElse(false);
    }

    /** Whether the log stream sends frames that are no records between those that are. */
    public boolean streamIsPoisoned() {
        return of(STREAM).map(SystemFault::garbled).orElse(false);
    }

    /** How long the cmdlet takes on a server. */
    public Duration cmdletTakes(String server) {
        return onShell(server)
                .flatMap(SystemFault::delayMs)
                .map(Duration::ofMillis)
                .orElse(Duration.ZERO);
    }

    /** Whether an account's load quota is spent on a server. */
    public boolean isOverloaded(String server) {
        return onShell(server).flatMap(SystemFault::throttle).isPresent();
    }

    /** How pages of Exchange Online go wrong. */
    public Optional<PageFault> pages() {
        return of(EXCHANGE_ONLINE).flatMap(SystemFault::pages);
    }

    /** The longest period that Exchange's admin API bears. */
    public Optional<Duration> widestTrace() {
        return of(EXCHANGE_ONLINE).flatMap(SystemFault::widestHours).map(Duration::ofHours);
    }

    private Optional<SystemFault> onShell(String server) {
        return of(SHELL).filter(fault -> fault.server().map(server::equals).orElse(true));
    }

    private Optional<SystemFault> onServer(String server) {
        return of(ONPREM).filter(fault -> fault.server().map(server::equals).orElse(true));
    }
}
