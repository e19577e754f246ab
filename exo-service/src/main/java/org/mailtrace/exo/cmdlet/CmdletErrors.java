package org.mailtrace.exo.cmdlet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.wire.JsonReplies;
import org.mailtrace.exo.wire.Reply;
import org.mailtrace.exo.words.InterfaceWords;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;

/**
 * What refusals over InvokeCommand mean. The interface is not documented; the shapes were seen in public: the reason
 * stands after the last {@code |} of a detail, and a cmdlet that the caller's role does not have is refused with 403 and
 * an empty body, or said to be unknown.
 */
final class CmdletErrors {
    private static final Logger LOG = Logger.getLogger(CmdletErrors.class);
    private static final int SERVER_ERRORS = 500;

    private CmdletErrors() {}

    /** The failure that any reply other than 200, 401 and one that asks for a pause means. */
    static SourceFailure of(Reply reply, JsonReplies json) {
        LOG.warnf("cmdlet refused status=%d requestId=%s", reply.status(), reply.requestId());
        Optional<String> text = text(reply, json);
        if (reply.status() == 403 || text.filter(CmdletErrors::isUnknownCmdlet).isPresent()) {
            return new SourceFailure(SourceState.DENIED, InterfaceWords.CMDLET_DENIED);
        }
        if (reply.status() == 405 || (reply.status() == 404 && text.isEmpty())) {
            return new SourceFailure(SourceState.CANNOT_ANSWER, InterfaceWords.NO_CMDLETS_HERE);
        }
        if (reply.status() >= SERVER_ERRORS || text.isEmpty()) {
            return new SourceFailure(SourceState.FAILED, InterfaceWords.CMDLET_FAILED);
        }
        boolean tooOld = text.orElseThrow().contains("older than 90 days");
        return new SourceFailure(
                tooOld ? SourceState.OUT_OF_RETENTION : SourceState.CANNOT_ANSWER,
                tooOld ? Words.OUT_OF_RETENTION_BY_VENDOR : InterfaceWords.CMDLET_REFUSED,
                Optional.empty(),
                new CmdletRefusedException(text.orElseThrow()));
    }

    /** Whether the refusal is about the quota, whatever its status. */
    static boolean isAboutQuota(Reply reply, JsonReplies json) {
        return text(reply, json)
                .map(text -> text.toLowerCase(Locale.ROOT))
                .filter(text -> text.contains("surpassed the permitted limit")
                        || text.contains("please wait a few minutes and try again"))
                .isPresent();
    }

    private static boolean isUnknownCmdlet(String text) {
        return text.contains("is not recognized as") || text.contains("CommandNotFoundException");
    }

    private static Optional<String> text(Reply reply, JsonReplies json) {
        JsonNode error = json.error(reply).path("error");
        Stream<String> details = Stream.of(error.path("details"))
                .filter(JsonNode::isArray)
                .flatMap(array -> array.valueStream())
                .map(detail -> detail.path("message").asText(""));
        return Stream.concat(
                        details.map(CmdletErrors::afterLastBar),
                        Stream.of(
                                error.path("innererror")
                                        .path("internalexception")
                                        .path("message")
                                        .asText(""),
                                error.path("message").asText("")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private static String afterLastBar(String text) {
        return text.substring(text.lastIndexOf('|') + 1);
    }
}
