package org.mailtrace.onprem.live;

import static org.mailtrace.standins.shell.ShellPort.header;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.mailtrace.onprem.LogFixture;
import org.mailtrace.standins.shell.ShellPort;
import org.mailtrace.standins.shell.ShellReply;
import org.mailtrace.standins.shell.ShellRules;
import org.mailtrace.standins.shell.ShellServer;
import org.mailtrace.standins.shell.TrackedRows;

/** The stand-in server of one Exchange server on a port of its own; its rows are synthetic. */
public final class StandInExchange implements AutoCloseable {
    public static final String USER = "svc-trace@rivercounty.example";
    public static final String PASSWORD = "synthetic";

    private final List<Map<String, String>> rows = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger requests = new AtomicInteger();
    private final ShellPort port;
    private final ShellServer shells;
    private volatile ShellRules.Mood mood = ShellRules.Mood.WELL;
    private volatile boolean mute;
    private volatile boolean broken;

    public StandInExchange() {
        this(ShellRules.of(USER, PASSWORD));
    }

    public StandInExchange(ShellRules rules) {
        shells = new ShellServer(rules, TrackedRows.of(rows));
        try {
            port = new ShellPort(this::answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI url() {
        return port.url("127.0.0.1");
    }

    /** Logs a row of these fields. */
    public StandInExchange logs(Instant at, String source, String event, String... pairs) {
        rows.add(LogFixture.values(at, source, event, pairs));
        return this;
    }

    /** Logs what a healthy server always does: the log goes back over the last two days, and up to now. */
    public StandInExchange alive(Instant now) {
        for (int hours = 48; hours >= 0; hours -= 6) {
            logs(
                    now.minus(Duration.ofHours(hours)).minusSeconds(50),
                    "SMTP",
                    "RECEIVE",
                    "message-id",
                    "<probe-" + hours + "@exch.rivercounty.example>",
                    "recipient-address",
                    "HealthMailbox01@rivercounty.example");
        }
        return this;
    }

    public void feels(ShellRules.Mood other) {
        mood = other;
    }

    /** Accepts requests and never answers them. */
    public void mute() {
        mute = true;
    }

    /** Answers with something that is no envelope. */
    public void breaks(boolean isBroken) {
        broken = isBroken;
    }

    public int openShells() {
        return shells.openShells();
    }

    public int requests() {
        return requests.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (mute && !body.contains("transfer/Delete<")) {
            return;
        }
        try {
            ShellReply reply = broken
                    ? new ShellReply(200, Map.of(), "<html>Server Error")
                    : shells.answer(header(exchange, "Authorization"), header(exchange, "Cookie"), body, mood);
            reply.headers().forEach(exchange.getResponseHeaders()::add);
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            if (!header(exchange, "Accept-Encoding").equals("identity")) {
                bytes = pressed(bytes);
                exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            }
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] pressed(byte[] bytes) throws IOException {
        ByteArrayOutputStream pressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(pressed)) {
            out.write(bytes);
        }
        return pressed.toByteArray();
    }

    @Override
    public void close() {
        port.close();
    }
}
