package org.mailtrace.gateway.callback;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks names up for no longer than one wants to wait: the system's own look-up cannot be broken off, and a name server that
 * does not answer would hold whoever asks. Few are looked up at once, so that not everything waits for it.
 */
final class TimedNames implements Names {
    private static final int AT_ONCE = 8;

    private final Names names;
    private final Duration longest;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofPlatform().daemon().name("mailtrace-names-", 0).factory());

    TimedNames(Names names, Duration longest) {
        this.names = names;
        this.longest = longest;
    }

    /** @throws UnknownHostException also if it takes too long */
    @Override
    public InetAddress[] lookUp(String host) throws UnknownHostException {
        Future<InetAddress[]> looking = threads.submit(() -> names.lookUp(host));
        try {
            return looking.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw unknown(host, e.getCause());
        } catch (TimeoutException e) {
            throw unknown(host, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(host, e);
        } finally {
            looking.cancel(true);
        }
    }

    private static UnknownHostException unknown(String host, Throwable cause) {
        UnknownHostException unknown = new UnknownHostException(host);
        unknown.initCause(cause);
        return unknown;
    }
}
