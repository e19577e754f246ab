package org.mailtrace.proofpoint.smartsearch;

import java.util.Locale;
import java.util.Set;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.Include;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Question;
import org.mailtrace.proofpoint.row.EncodedWords;
import org.mailtrace.proofpoint.row.MessageRow;

/** Whether a row is what was asked for: the vendor's own matching is by parts of addresses and stems of words. */
public final class RowFilter {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "[127.0.0.1]");

    private final Question question;
    private final Set<String> noiseDomains;
    private final Set<String> noiseRules;

    /**
     * @param noiseDomains sender domains of the cluster's housekeeping mail
     * @param noiseRules final rules of mail that the cluster writes to itself
     */
    public RowFilter(Question question, Set<String> noiseDomains, Set<String> noiseRules) {
        this.question = question;
        this.noiseDomains = noiseDomains;
        this.noiseRules = noiseRules;
    }

    /** By everything but the window, which is about messages and not about rows. */
    public boolean accepts(MessageRow row) {
        return hasTheOthers(row)
                && question.subject().map(subject -> hasSubject(row, subject)).orElse(true);
    }

    /** Whether it may be what was asked for, had it a list of recipients; it cannot be told. */
    public boolean lacksRecipients(MessageRow row) {
        return !question.recipients().isEmpty()
                && row.recipients().isEmpty()
                && question.sender().map(sender -> sender.matches(row.sender())).orElse(true)
                && question.messageId().map(id -> hasId(row, id)).orElse(true);
    }

    /** Whether it may be what was asked for: a rule redirected it, and the row does not say yet to which address. */
    public boolean lacksTarget(MessageRow row) {
        return !question.recipients().isEmpty()
                && row.isRedirected()
                && row.addresses("Sendmail_To").isEmpty()
                && !accepts(row)
                && !lacksRecipients(row)
                && question.sender().map(sender -> sender.matches(row.sender())).orElse(true)
                && question.messageId().map(id -> hasId(row, id)).orElse(true)
                && question.subject()
                        .map(subject -> mayHaveSubject(row, subject))
                        .orElse(true);
    }

    /** Whether it may be what was asked for, could its subject be read: it is encoded in a way that nobody knows here. */
    public boolean hasUnreadableSubject(MessageRow row) {
        return question.subject()
                        .filter(subject -> !hasSubject(row, subject) && mayHaveSubject(row, subject))
                        .isPresent()
                && hasTheOthers(row);
    }

    private boolean hasTheOthers(MessageRow row) {
        return question.sender().map(sender -> sender.matches(row.sender())).orElse(true)
                && (question.recipients().isEmpty()
                        || row.recipients().stream().anyMatch(question::asksForRecipient)
                        || wasRedirectedToThem(row))
                && question.messageId().map(id -> hasId(row, id)).orElse(true);
    }

    private boolean wasRedirectedToThem(MessageRow row) {
        return row.isRedirected() && row.addresses("Sendmail_To").stream().anyMatch(question::asksForRecipient);
    }

    /** The cluster's housekeeping mail, unless somebody asks for it. */
    public boolean isHiddenNoise(MessageRow row) {
        boolean askedFor = question.include().contains(Include.NOISE)
                || question.messageId().isPresent()
                || question.sender().isPresent();
        return !askedFor && isNoise(row);
    }

    private boolean isNoise(MessageRow row) {
        String domain = AddressPattern.domainOf(row.sender());
        boolean writtenByCluster =
                row.column("Sender_IP_Address").filter(LOOPBACK::contains).isPresent()
                        && row.column("Final_Rule").filter(noiseRules::contains).isPresent();
        return writtenByCluster
                || noiseDomains.stream().anyMatch(noise -> domain.equals(noise) || domain.endsWith("." + noise));
    }

    private static boolean hasSubject(MessageRow row, String subject) {
        return row.subject()
                .map(text -> text.toLowerCase(Locale.ROOT).contains(subject.toLowerCase(Locale.ROOT)))
                .orElse(false);
    }

    private static boolean mayHaveSubject(MessageRow row, String subject) {
        return hasSubject(row, subject)
                || row.subject().filter(EncodedWords::isEncoded).isPresent();
    }

    private static boolean hasId(MessageRow row, MailId id) {
        return row.messageId().map(found -> found.equals(id.value())).orElse(false);
    }
}
