package org.mailtrace.proofpoint.vendor;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;
import org.mailtrace.contract.SourceState;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.proofpoint.words.Sentences;

/** Says every answer that is not data as the state it leads to. The vendor's error bodies are never read. */
final class Refusals implements ResponseExceptionMapper<SourceFailure> {
    private static final int OK = 200;
    /** Below it there was no answer at all, and the cause says more. */
    private static final int LOWEST_STATUS = 100;

    private final ManagedModule module;
    private final Credentials credentials;
    private final Pause pause;
    private final Duration defaultRetryAfter;
    private final Clock clock;

    Refusals(ManagedModule module, Credentials credentials, Pause pause, Duration defaultRetryAfter, Clock clock) {
        this.module = module;
        this.credentials = credentials;
        this.pause = pause;
        this.defaultRetryAfter = defaultRetryAfter;
        this.clock = clock;
    }

    @Override
    public boolean handles(int status, MultivaluedMap<String, Object> headers) {
        return status >= LOWEST_STATUS && (status != OK || isPage(headers));
    }

    /** A proxy or a login form answers 200 with a page; that is no empty result. */
    private static boolean isPage(MultivaluedMap<String, Object> headers) {
        Object type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        return type != null && type.toString().toLowerCase(Locale.ROOT).contains("html");
    }

    @Override
    public SourceFailure toThrowable(Response response) {
        int status = response.getStatus();
        return switch (status) {
            case 401 -> {
                credentials.refused();
                yield new SourceFailure(SourceState.DENIED, Sentences.accountRefused());
            }
            case 403 -> {
                if (module == ManagedModule.SMART_SEARCH) {
                    credentials.refused();
                }
                yield new SourceFailure(
                        SourceState.DENIED, Sentences.moduleRefused(module.called(), module.permission()));
            }
            case 429 -> {
                Duration wait = retryAfter(response.getHeaderString(HttpHeaders.RETRY_AFTER));
                pause.begin(wait);
                yield new SourceFailure(
                        SourceState.THROTTLED, Sentences.throttled(module.called()), Optional.of(wait), null);
            }
            case OK -> new SourceFailure(SourceState.FAILED, Sentences.pageInsteadOfData(module.called()));
            case 301, 302, 303, 307, 308 ->
                new SourceFailure(SourceState.FAILED, Sentences.redirected(module.called()));
            default -> new SourceFailure(SourceState.FAILED, Sentences.errorStatus(module.called(), status));
        };
    }

    private Duration retryAfter(String header) {
        return Optional.ofNullable(header)
                .flatMap(text -> RetryAfter.in(text, clock.instant()))
                .orElse(defaultRetryAfter);
    }
}
