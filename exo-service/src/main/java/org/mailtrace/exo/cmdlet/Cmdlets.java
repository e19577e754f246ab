package org.mailtrace.exo.cmdlet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.quota.RequestBudget;
import org.mailtrace.exo.token.AccessTokens;
import org.mailtrace.exo.token.CredentialWatch;
import org.mailtrace.exo.token.Required;
import org.mailtrace.exo.token.SignedCalls;
import org.mailtrace.exo.wire.Wire;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.Guarded;
import org.mailtrace.http.guard.SourceFailure;

/**
 * Runs Exchange Online's cmdlets over InvokeCommand, with a token of its own scope, behind one circuit, each request paid
 * for from the tenant's quota.
 */
@Singleton
public class Cmdlets {
    private final CmdletTransport transport;
    private final Guarded guarded;
    private final int maxPages;

    Cmdlets(
            CmdletSettings settings,
            Wire wire,
            AccessTokens tokens,
            CredentialWatch credentials,
            RequestBudget budget,
            ObjectMapper json,
            Clock clock) {
        this.guarded = new Guarded(Words.SOURCE, settings.exchangeGuard(), clock);
        this.transport = new CmdletTransport(
                Required.address("mailtrace.exo.exchange-url", Optional.of(settings.exchangeUrl())),
                new Tenant(settings.tenantId(), json),
                wire,
                new SignedCalls(tokens, credentials, budget, clock, settings.exchangeScope(), guarded),
                budget,
                json,
                clock,
                settings.exchangeRequestTimeout());
        this.maxPages = settings.exchangeMaxPages();
    }

    /**
     * Runs a cmdlet and reads all pages of its output. A cmdlet that does not begin with {@code Get-} is sent once: when
     * its reply is lost it may have run.
     *
     * @param name such as {@code Get-HistoricalSearch}
     * @param parameters by name: texts, lists of texts, whole numbers, flags, and instants, which are sent as UTC
     *     without a zone
     * @throws SourceFailure if there is no answer or only a part of it; when the cmdlet refused its parameters the cause
     *     is a {@link CmdletRefusedException} with the vendor's text
     */
    public CmdletOutput invoke(String name, Map<String, Object> parameters, Errand errand) {
        CmdletOutput output = run(new Command(name, parameters), errand, false);
        output.ending().ifPresent(failure -> {
            throw failure;
        });
        return output;
    }

    /** As above, but what was read before a failure stays; never throws. */
    CmdletOutput run(Command command, Errand errand, boolean splittable) {
        List<JsonNode> rows = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        Set<String> visited = new HashSet<>();
        Optional<String> next = Optional.empty();
        try {
            do {
                CmdletReply reply = transport.post(command, next, errand, splittable);
                rows.addAll(reply.rows());
                warnings.addAll(reply.warnings());
                next = reply.next();
                if (next.isPresent() && !visited.add(next.orElseThrow())) {
                    throw new SourceFailure(SourceState.FAILED, Words.PAGES_IN_A_CIRCLE);
                }
                if (next.isPresent() && visited.size() >= maxPages) {
                    throw new SourceFailure(SourceState.TRUNCATED, Words.TOO_MANY_ROWS);
                }
            } while (next.isPresent());
            return new CmdletOutput(rows, warnings, Optional.empty());
        } catch (SourceFailure e) {
            return new CmdletOutput(rows, warnings, Optional.of(e));
        }
    }

    CircuitState circuit() {
        return guarded.circuit();
    }

    Optional<Instant> lastSuccess() {
        return guarded.lastSuccess();
    }

    static SourceFailure elsewhere() {
        return new SourceFailure(SourceState.FAILED, Words.PAGE_ELSEWHERE);
    }
}
