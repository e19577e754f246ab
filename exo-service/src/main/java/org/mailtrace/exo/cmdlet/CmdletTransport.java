package org.mailtrace.exo.cmdlet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.quota.RequestBudget;
import org.mailtrace.exo.token.SignedCalls;
import org.mailtrace.exo.wire.ConnectionDroppedException;
import org.mailtrace.exo.wire.JsonReplies;
import org.mailtrace.exo.wire.Reply;
import org.mailtrace.exo.wire.SameSite;
import org.mailtrace.exo.wire.Wire;
import org.mailtrace.exo.words.InterfaceWords;
import org.mailtrace.http.guard.SourceFailure;

/**
 * One POST to InvokeCommand, which is what Microsoft's own ExchangeOnlineManagement module sends; Microsoft documents
 * neither address nor headers.
 */
final class CmdletTransport {
    /** The mailbox by which an application's commands are routed; the same in every tenant. */
    private static final String ANCHOR = "APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@";

    private static final int UNAUTHORISED = 401;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final String base;
    private final Tenant tenant;
    private final Wire wire;
    private final SignedCalls calls;
    private final RequestBudget budget;
    private final ObjectMapper mapper;
    private final JsonReplies json;
    private final Clock clock;
    private final Duration timeout;
    private final String connection = UUID.randomUUID().toString();

    CmdletTransport(
            URI exchangeUrl,
            Tenant tenant,
            Wire wire,
            SignedCalls calls,
            RequestBudget budget,
            ObjectMapper json,
            Clock clock,
            Duration timeout) {
        this.base = exchangeUrl.toString().replaceAll("/+$", "") + "/adminapi/beta/";
        this.tenant = tenant;
        this.wire = wire;
        this.calls = calls;
        this.budget = budget;
        this.mapper = json;
        this.json = new JsonReplies(json);
        this.clock = clock;
        this.timeout = timeout;
    }

    /**
     * Sends a command. One that changes something is not sent again when its reply is lost: it may have run.
     *
     * @param link the address of a next page; empty for the first one
     * @param splittable whether a search that is given up on can be split, so that giving up is no outage
     * @throws SourceFailure if there is no answer
     */
    CmdletReply post(Command command, Optional<String> link, Errand errand, boolean splittable) {
        AtomicBoolean sent = new AtomicBoolean();
        return calls.send(errand, CmdletReply.class, (token, refused) -> {
            if (sent.getAndSet(!command.onlyReads())) {
                throw new SourceFailure(SourceState.FAILED, InterfaceWords.COMMAND_UNCERTAIN);
            }
            Runnable notRun = () -> {
                sent.set(false);
                refused.run();
            };
            try {
                return post(command, link, token, errand, notRun);
            } catch (ConnectionDroppedException e) {
                if (splittable) {
                    throw new SourceFailure(SourceState.CANNOT_ANSWER, InterfaceWords.TOO_SLOW, Optional.empty(), e);
                }
                throw e;
            }
        });
    }

    private CmdletReply post(Command command, Optional<String> link, String token, Errand errand, Runnable refused)
            throws IOException {
        String tenantId = tenant.of(token);
        SameSite site = new SameSite(URI.create(base + tenantId + "/InvokeCommand"));
        URI address = link.map(next -> site.link(next).orElseThrow(Cmdlets::elsewhere))
                .orElse(site.address());
        Reply reply = wire.send(
                HttpRequest.newBuilder(address)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .header("Prefer", "odata.maxpagesize=1000")
                        .header("X-AnchorMailbox", ANCHOR + tenantId)
                        .header("X-CmdletName", command.name())
                        .header("client-request-id", UUID.randomUUID().toString())
                        .header("connection-id", connection)
                        .POST(BodyPublishers.ofString(command.json(mapper))),
                errand.deadline(),
                timeout);
        Pause.before(reply, clock).ifPresent(pause -> budget.pause(Optional.of(pause)));
        return read(reply, refused);
    }

    private CmdletReply read(Reply reply, Runnable refused) throws IOException {
        if (reply.status() == UNAUTHORISED) {
            refused.run();
            throw new SourceFailure(SourceState.DENIED, InterfaceWords.CMDLET_TOKEN_REFUSED);
        }
        if (reply.status() == UNAVAILABLE && reply.header("Retry-After").isPresent()) {
            throw calls.paused(reply, InterfaceWords.ASKED_TO_WAIT);
        }
        if (reply.status() == TOO_MANY_REQUESTS || (reply.status() != 200 && CmdletErrors.isAboutQuota(reply, json))) {
            throw calls.paused(reply, InterfaceWords.CMDLET_THROTTLED);
        }
        if (reply.status() != 200) {
            throw CmdletErrors.of(reply, json);
        }
        JsonNode body = json.read(reply);
        if (!body.path("value").isArray()) {
            throw new SourceFailure(SourceState.FAILED, InterfaceWords.CMDLET_FAILED);
        }
        return CmdletReply.of(body, reply, json);
    }
}
