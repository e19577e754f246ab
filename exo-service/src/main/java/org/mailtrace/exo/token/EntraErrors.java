package org.mailtrace.exo.token;

import java.time.Clock;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.quota.RetryAfter;
import org.mailtrace.exo.wire.JsonReplies;
import org.mailtrace.exo.wire.Reply;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;

/**
 * What a refusal by the token endpoint means. The numbers are Microsoft's, see "Microsoft Entra authentication and
 * authorization error codes" on learn.microsoft.com. Only the number is ever shown: the text names tenant and
 * application.
 */
final class EntraErrors {
    private static final Pattern NUMBER = Pattern.compile("AADSTS(\\d{4,9})");
    private static final int TOO_MANY_REQUESTS = 429;

    private EntraErrors() {}

    static SourceFailure of(Reply reply, JsonReplies json, Clock clock) {
        if (reply.status() == TOO_MANY_REQUESTS) {
            return new SourceFailure(
                    SourceState.THROTTLED,
                    Words.SIGN_IN_THROTTLED,
                    Optional.of(RetryAfter.of(reply, clock).orElse(RetryAfter.USUAL)),
                    null);
        }
        Optional<String> number = number(reply, json);
        if (reply.status() / 100 != 4 || number.isEmpty()) {
            return new SourceFailure(SourceState.FAILED, Words.SIGN_IN_FAILED);
        }
        return new SourceFailure(SourceState.DENIED, Words.signInRefused(number.orElseThrow()));
    }

    private static Optional<String> number(Reply reply, JsonReplies json) {
        Matcher matcher =
                NUMBER.matcher(json.error(reply).path("error_description").asText());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
