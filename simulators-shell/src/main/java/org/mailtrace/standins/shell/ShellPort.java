package org.mailtrace.standins.shell;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Executors;

/** A free port of this machine, at which what is sent to {@code /PowerShell/} is answered; plain HTTP. */
public final class ShellPort implements AutoCloseable {
    private static final String PATH = "/PowerShell/";

    private final HttpServer http;

    /** Opens it; requests are answered at once, however many there are. */
    public ShellPort(HttpHandler answers) throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext(PATH, answers);
        http.start();
    }

    /**
     * Where it is.
     *
     * @param host a name or an address of this machine
     */
    public URI url(String host) {
        return URI.create("http://" + host + ":" + http.getAddress().getPort() + PATH);
    }

    /** A header of a request; empty without. */
    public static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
