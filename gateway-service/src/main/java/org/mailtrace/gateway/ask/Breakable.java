package org.mailtrace.gateway.ask;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.client.impl.ClientRequestContextImpl;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;

/**
 * Breaks a request off when the thread that waits for its answer is told to stop. The client alone would leave it under way,
 * and the source would go on working for nobody.
 */
final class Breakable implements ClientRequestFilter {
    private static final ThreadLocal<Optional<RestClientRequestContext>> SENT =
            ThreadLocal.withInitial(Optional::empty);

    /** Runs on the thread that makes the call. */
    @Override
    public void filter(ClientRequestContext request) {
        SENT.set(Optional.of(((ClientRequestContextImpl) request).getRestClientRequestContext()));
    }

    /** Makes a call; whatever ends it other than an answer ends the request too. */
    static <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (WebApplicationException answered) {
            throw answered;
        } catch (RuntimeException e) {
            SENT.get().ifPresent(Breakable::breakOff);
            throw e;
        } finally {
            SENT.remove();
        }
    }

    private static void breakOff(RestClientRequestContext sent) {
        // It may not be connected yet; then it is broken off as soon as it is.
        sent.setUserCanceled();
        Optional.ofNullable(sent.getHttpClientRequest()).ifPresent(request -> request.reset());
    }
}
