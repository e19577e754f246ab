package org.mailtrace.onprem.live;

import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.mailtrace.contract.SourceState;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.onprem.live.clixml.UnreadableXmlException;
import org.mailtrace.onprem.live.psrp.ProtocolException;
import org.mailtrace.onprem.live.wsman.CommandResult.CommandError;
import org.mailtrace.onprem.live.wsman.RefusedException;
import org.mailtrace.onprem.live.wsman.SlowAnswerException;
import org.mailtrace.onprem.live.wsman.WsmanFaultException;

/**
 * Turns what went wrong into a state and the sentence that tells the administrator what to do. Error ids do not depend on
 * the server's language and are looked at first; texts are those that administrators report.
 */
final class Failures {
    private static final int ACCESS_DENIED = 5;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    private final String server;

    Failures(String server) {
        this.server = server;
    }

    SourceFailure of(Exception e) {
        return switch (e) {
            case SourceFailure failure -> failure;
            case RefusedException refused -> failure(SourceState.DENIED, refusal(refused.reason()), e);
            case WsmanFaultException fault -> of(fault);
            case SlowAnswerException slow -> failure(SourceState.TIMED_OUT, LiveSentences.slow(server), slow);
            case HttpTimeoutException slow -> failure(SourceState.TIMED_OUT, LiveSentences.slow(server), slow);
            case TimeoutException slow -> failure(SourceState.TIMED_OUT, LiveSentences.slow(server), slow);
            case SSLException untrusted -> failure(SourceState.FAILED, LiveSentences.untrusted(server), untrusted);
            case java.net.ConnectException away -> failure(SourceState.FAILED, LiveSentences.unreachable(server), away);
            case LiveRow.ZoneUnknownException zone ->
                failure(SourceState.FAILED, LiveSentences.zoneUnknown(server), zone);
            case UnreadableXmlException odd -> failure(SourceState.FAILED, LiveSentences.unusable(server), odd);
            case ProtocolException odd -> failure(SourceState.FAILED, LiveSentences.unusable(server), odd);
            default -> failure(SourceState.FAILED, LiveSentences.unusable(server), e);
        };
    }

    private SourceFailure of(WsmanFaultException fault) {
        String text = lower(fault.getMessage());
        if (text.contains("concurrent shells") || text.contains("maximum number of shells")) {
            return failure(SourceState.THROTTLED, LiveSentences.tooManyShells(server), fault);
        }
        if (text.contains("load quota") || fault.status() == TOO_MANY) {
            return failure(SourceState.THROTTLED, LiveSentences.overloaded(server), fault);
        }
        if (fault.code() == ACCESS_DENIED || text.contains("access is denied") || text.contains("access denied")) {
            return failure(SourceState.DENIED, LiveSentences.notAllowed(server), fault);
        }
        if (fault.status() == NOT_FOUND || text.contains("resource uri")) {
            return failure(SourceState.FAILED, LiveSentences.wrongAddress(server), fault);
        }
        String sentence =
                fault.code() == 0 ? LiveSentences.unusable(server) : LiveSentences.fault(server, fault.code());
        return failure(SourceState.FAILED, sentence, fault);
    }

    /** What a cmdlet that did not end well means; the first error decides. */
    SourceFailure of(List<CommandError> errors) {
        String id = errors.isEmpty() ? "" : lower(errors.getFirst().id());
        String text = errors.isEmpty() ? "" : lower(errors.getFirst().text());
        if (id.startsWith("commandnotfound") || text.contains("is not recognized as")) {
            return failure(SourceState.FAILED, LiveSentences.noCmdlet(server), null);
        }
        if (id.startsWith("namedparameternotfound") || text.contains("matches parameter name")) {
            return text.contains("networkmessageid")
                    ? failure(SourceState.CANNOT_ANSWER, LiveSentences.noNetworkMessageId(server), null)
                    : failure(SourceState.FAILED, LiveSentences.noParameter(server), null);
        }
        if (id.startsWith("scriptsnotallowed") || text.contains("no-language mode")) {
            return failure(SourceState.FAILED, LiveSentences.noLanguage(server), null);
        }
        if (text.contains("access is denied") || text.contains("access denied")) {
            return failure(SourceState.DENIED, LiveSentences.notAllowed(server), null);
        }
        if (text.contains("load quota")) {
            return failure(SourceState.THROTTLED, LiveSentences.overloaded(server), null);
        }
        if (text.contains("log search service")) {
            return failure(SourceState.FAILED, LiveSentences.logSearchDown(server), null);
        }
        return failure(SourceState.FAILED, LiveSentences.cmdletFailed(server), null);
    }

    private String refusal(RefusedException.Reason reason) {
        return switch (reason) {
            case NOT_AUTHENTICATED -> LiveSentences.notAuthenticated(server);
            case NOT_ALLOWED -> LiveSentences.notAllowed(server);
            case NO_TICKET -> LiveSentences.noTicket(server);
        };
    }

    private static String lower(String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    private static SourceFailure failure(SourceState state, String sentence, Exception cause) {
        return new SourceFailure(state, sentence, Optional.empty(), cause);
    }
}
