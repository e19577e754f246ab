package org.mailtrace.standins.proofpoint;

import jakarta.ws.rs.QueryParam;
import java.util.function.Predicate;
import org.mailtrace.standins.story.Story;

/** Smart Search's parameters, all ANDed. */
class SmartSearchQuery {
    @QueryParam("action")
    String action;

    @QueryParam("from")
    String from;

    @QueryParam("to")
    String to;

    @QueryParam("virus")
    String virus;

    @QueryParam("env_from")
    String sender;

    @QueryParam("env_rcpt")
    String recipient;

    @QueryParam("attach")
    String attachment;

    @QueryParam("qid")
    String qid;

    @QueryParam("host")
    String host;

    @QueryParam("ip")
    String ip;

    @QueryParam("sid")
    String sid;

    @QueryParam("subject")
    String subject;

    @QueryParam("guid")
    String guid;

    @QueryParam("hdr_mid")
    String messageId;

    @QueryParam("count")
    String count;

    boolean matches(FilteredMessage m) {
        return fits(action, m.finalAction()::equals)
                && fits(
                        virus,
                        v -> m.verdict().module().equals("av")
                                && m.verdict().rule().equals(v))
                && fits(sender, s -> PartialAddress.matches(s, m.sender().isEmpty() ? Story.NULL_SENDER : m.sender()))
                && fits(recipient, r -> m.recipients().stream().anyMatch(a -> PartialAddress.matches(r, a)))
                && attachment == null
                && fits(qid, m.qid()::equals)
                && fits(host, h -> h.contains(m.clientIp()))
                && fits(ip, m.clientIp()::equals)
                && fits(sid, m.sid()::equals)
                && fits(subject, s -> SubjectAnalyzer.matches(s, m.story().subject()))
                && fits(guid, m.guid()::equals)
                && fits(messageId, id -> bare(id).equals(bare(m.messageId())));
    }

    private static boolean fits(String asked, Predicate<String> test) {
        return asked == null || test.test(asked);
    }

    private static String bare(String messageId) {
        return messageId.strip().replaceAll("^<|>$", "");
    }
}
