package org.mailtrace.standins.shell;

import static org.mailtrace.standins.shell.ShellPort.header;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;

/**
 * The plain-HTTP address of a server that lets one account in, by Kerberos. The context that was agreed on holds for its
 * connection and encrypts every envelope after that, both ways. It accepts by the JDK: how Windows takes the tokens is not
 * shown by it.
 */
public final class SealedDoor implements AutoCloseable {
    private static final String NEGOTIATE = "Negotiate ";

    private final SpnegoAcceptor acceptor;
    private final String account;
    private final Room room;
    private final ShellPort port;
    private final Map<InetSocketAddress, GSSContext> agreed = new ConcurrentHashMap<>();
    private final List<String> wire = Collections.synchronizedList(new ArrayList<>());

    /** Answers an envelope of whoever was let in. */
    @FunctionalInterface
    public interface Room {
        /**
         * Answers one request.
         *
         * @param cookie its Cookie header; empty without
         * @param envelope as it was before it was encrypted
         */
        ShellReply answer(String cookie, String envelope) throws InterruptedException;
    }

    /**
     * Opens it, on a free port of this machine.
     *
     * @param service the principal of the server, such as {@code HTTP/localhost@RIVERCOUNTY.EXAMPLE}
     * @param keys its key table
     * @param account the principal that is let in
     */
    public SealedDoor(String service, Path keys, String account, Room room) throws IOException, LoginException {
        this.acceptor = new SpnegoAcceptor(service, keys);
        this.account = account;
        this.room = room;
        this.port = new ShellPort(this::answer);
    }

    /** By the host's name, because that is what a ticket is for. */
    public URI url() {
        return port.url("localhost");
    }

    /** Every body that came or went, as it was on the way, a character for each byte. */
    public List<String> wire() {
        synchronized (wire) {
            return List.copyOf(wire);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        wire.add(new String(body, StandardCharsets.ISO_8859_1));
        String authorization = header(exchange, "Authorization");
        try {
            if (authorization.startsWith(NEGOTIATE)) {
                letIn(exchange, Base64.getDecoder().decode(authorization.substring(NEGOTIATE.length())));
            } else if (agreed.containsKey(exchange.getRemoteAddress())) {
                converse(exchange, agreed.get(exchange.getRemoteAddress()), body);
            } else {
                refuse(exchange);
            }
        } catch (GSSException | IllegalArgumentException e) {
            refuse(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private void letIn(HttpExchange exchange, byte[] token) throws GSSException, IOException {
        SpnegoAcceptor.Accepted accepted = acceptor.accept(token);
        if (!account.equals(accepted.account())) {
            refuse(exchange);
            return;
        }
        agreed.put(exchange.getRemoteAddress(), accepted.context());
        exchange.getResponseHeaders().add("WWW-Authenticate", NEGOTIATE + accepted.reply());
        exchange.sendResponseHeaders(200, -1);
    }

    private void converse(HttpExchange exchange, GSSContext context, byte[] body)
            throws GSSException, IOException, InterruptedException {
        ShellReply reply = room.answer(header(exchange, "Cookie"), SealedEnvelope.opened(context, body));
        byte[] sealed = SealedEnvelope.sealed(context, reply.body());
        wire.add(new String(sealed, StandardCharsets.ISO_8859_1));
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Content-Type", SealedEnvelope.CONTENT_TYPE);
        exchange.sendResponseHeaders(reply.status(), sealed.length);
        exchange.getResponseBody().write(sealed);
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Negotiate");
        exchange.sendResponseHeaders(401, -1);
    }

    @Override
    public void close() {
        port.close();
    }
}
