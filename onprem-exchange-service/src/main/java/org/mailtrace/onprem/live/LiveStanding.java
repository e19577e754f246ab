package org.mailtrace.onprem.live;

import java.time.Instant;
import java.util.Optional;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.CredentialState;
import org.mailtrace.contract.SourcePart;
import org.mailtrace.contract.SourceState;

/** How the live way to one server stands, whether or not it is being asked. */
final class LiveStanding {
    private LiveStanding() {}

    static SourcePart of(String name, LiveServer server) {
        return new SourcePart(
                name,
                state(server.circuit(), server.credentials().state()),
                server.since(),
                Optional.empty(),
                Optional.of(sentence(
                        name,
                        server.circuit(),
                        server.lastSuccess(),
                        server.credentials().state())));
    }

    private static SourceState state(CircuitState circuit, CredentialState credentials) {
        if (credentials == CredentialState.REFUSED) {
            return SourceState.DENIED;
        }
        return switch (circuit) {
            case UNKNOWN -> SourceState.NOT_ASKED;
            case CLOSED -> SourceState.ANSWERED;
            case OPEN, HALF_OPEN -> SourceState.CIRCUIT_OPEN;
        };
    }

    private static String sentence(
            String name, CircuitState circuit, Optional<Instant> lastSuccess, CredentialState credentials) {
        if (credentials == CredentialState.REFUSED) {
            return "When last asked itself, " + name + " refused the account of this service.";
        }
        String last = lastSuccess
                .map(at -> "it last answered at " + LiveSentences.shown(at))
                .orElse("it has not answered yet since this service started");
        return switch (circuit) {
            case UNKNOWN -> name + " has not been asked itself yet since this service started.";
            case CLOSED -> name + " is asked itself; " + last + ".";
            case HALF_OPEN -> name + " failed when asked itself and is tried again; " + last + ".";
            case OPEN -> name + " keeps failing when asked itself and is left alone for a moment; " + last + ".";
        };
    }
}
