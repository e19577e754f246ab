package org.mailtrace.exo.words;

import java.util.List;

/**
 * Codes about the way to the next server as Exchange Online uses them:
 * <a href="https://learn.microsoft.com/exchange/troubleshoot/email-delivery/ndr/non-delivery-reports-in-exchange-online">Email
 * non-delivery reports and SMTP errors in Exchange Online</a>, and
 * <a href="https://learn.microsoft.com/defender-office-365/connectors-mail-flow-intelligence">Mail flow intelligence</a>
 * for 4.4.312 to 4.4.318 and 4.7.320; after a day without success the same codes come with a 5. {@code 5.4.310} does not
 * stand there; its text says what it means.
 */
final class RoutingCodes {
    private static final String NEXT_SERVER =
            "If the next server is one of ours, ask an administrator to check it and the connector; else the recipient's"
                    + " administrator has to help.";
    private static final String CERTIFICATE =
            "The administrator of the next server has to renew or correct its certificate; if it is one of ours, the"
                    + " connector may be wrong.";
    private static final String DOMAIN =
            "Check the part of the address after the @; if it is right, its administrator has"
                    + " to mend the domain's entries in DNS.";

    static final List<CodeMeaning> ALL = List.of(
            CodeMeaning.of(
                    "4.4.7,5.4.7",
                    "The message waited too long for the next server and has expired.",
                    "Check the address; if it is right, find out why the next server took nothing, then send again."),
            CodeMeaning.of("4.4.312,5.4.312", "The next server could not be found in DNS.", DOMAIN),
            CodeMeaning.of("4.4.315,5.4.315", "The next server did not answer in time.", NEXT_SERVER),
            CodeMeaning.of("4.4.316,5.4.316", "The next server refused the connection.", NEXT_SERVER),
            CodeMeaning.of(
                    "4.4.317,5.4.317",
                    "The next server could not be talked to: it answered with an error, or not with the encryption that is"
                            + " asked of it.",
                    NEXT_SERVER),
            CodeMeaning.of("4.4.318,5.4.318", "The next server broke the connection off.", NEXT_SERVER),
            CodeMeaning.with(
                    "recipient address rejected", "5.4.1", "The address does not exist.", "Correct it and send again."),
            CodeMeaning.with(
                    "relay access denied",
                    "5.4.1",
                    "The server that was asked takes no mail for the recipient's domain.",
                    DOMAIN),
            CodeMeaning.of(
                    "5.4.1",
                    "The recipient's server does not accept mail for this address.",
                    "Check the address; if it is right, its administrator has to help."),
            CodeMeaning.with("nonexistentdomain", "5.4.4", "The recipient's domain does not exist.", DOMAIN),
            CodeMeaning.of(
                    "5.4.6,5.4.14",
                    "The message went round in a circle.",
                    "Ask an administrator to check forwarding and connectors."),
            CodeMeaning.of(
                    "5.4.300",
                    "The message could not be delivered within the time and has expired.",
                    "Check the address; if it is right, find out why the next server took nothing, then send again."),
            CodeMeaning.of("4.4.310,5.4.310", "The recipient's domain does not exist.", DOMAIN),
            CodeMeaning.of("4.4.300-399,5.4.300-399", "The next server could not be reached.", NEXT_SERVER),
            CodeMeaning.of(
                    "4.5.3",
                    "The message has too many recipients in one domain.",
                    "Send it to fewer recipients at a time."),
            CodeMeaning.with(
                    "certificate", "4.7.5,5.7.5", "The next server's certificate could not be accepted.", CERTIFICATE),
            CodeMeaning.of("4.7.320,5.7.320", "The next server's certificate could not be accepted.", CERTIFICATE),
            CodeMeaning.of(
                    "4.7.321,5.7.321",
                    "The next server does not encrypt the connection, as its domain says it does (DANE).",
                    "The recipient's administrator has to mend the server's encryption."),
            CodeMeaning.of("4.7.322,5.7.322", "The next server's certificate has expired (DANE).", CERTIFICATE),
            CodeMeaning.of(
                    "4.7.323,5.7.323",
                    "The next server's certificate is not the one that its domain announces in DNS (DANE).",
                    "The recipient's administrator has to mend the domain's TLSA entries or the certificate."),
            CodeMeaning.of(
                    "4.7.324,5.7.324",
                    "The signature of the recipient's domain in DNS is not valid (DNSSEC).",
                    "The recipient's administrator has to mend the domain's signature."),
            CodeMeaning.of("4.7.325,5.7.325", "The next server's certificate bears another name (DANE).", CERTIFICATE));

    private RoutingCodes() {}
}
