package org.mailtrace.exo.words;

import java.util.List;

/**
 * Codes about permission, reputation and rules as Exchange Online uses them:
 * <a href="https://learn.microsoft.com/exchange/troubleshoot/email-delivery/ndr/non-delivery-reports-in-exchange-online">Email
 * non-delivery reports and SMTP errors in Exchange Online</a> and the pages of single codes below it; 5.7.520 from
 * <a href="https://learn.microsoft.com/defender-office-365/outbound-spam-policies-external-email-forwarding">Control
 * automatic external email forwarding</a>; 5.7.900 to 5.7.999 from
 * <a href="https://learn.microsoft.com/powershell/module/exchange/new-transportrule">New-TransportRule</a>. {@code 5.7.350}
 * does not stand there; its text says what it means.
 */
final class PolicyCodes {
    private static final String RULE = "Ask an administrator which rule it was.";
    private static final String INSIDE_ONLY = "Ask an administrator to allow senders from outside.";
    private static final String ACCOUNT =
            "Ask an administrator to check whether somebody misuses the account, and to have Microsoft lift the block.";
    private static final String SENDERS_SERVER = "The sender's administrator has to mend it.";
    private static final String WAIT = "Wait; the limit is lifted by itself if the mail is wanted.";

    static final List<CodeMeaning> ALL = List.of(
            CodeMeaning.of(
                    "4.7.26,5.7.26",
                    "The message passed neither of the checks that prove its sender (SPF, DKIM).",
                    "The sender's administrator has to set up SPF or DKIM."),
            CodeMeaning.of(
                    "4.7.500-699", "Microsoft has limited the sending for a while, as it looked suspicious.", WAIT),
            CodeMeaning.of(
                    "4.7.850-899",
                    "Microsoft has limited the sending address for a while, as it looked suspicious.",
                    WAIT),
            CodeMeaning.with("transport.rules", "5.7.1", "A mail flow rule refused the message.", RULE),
            CodeMeaning.with("organization policy", "5.7.1", "A mail flow rule refused the message.", RULE),
            CodeMeaning.with(
                    "unable to relay",
                    "5.7.1",
                    "The server that was asked does not pass mail on to the recipient's domain.",
                    "Check the address; if it is right, an administrator has to check the domain's MX entry and the"
                            + " connectors."),
            CodeMeaning.with(
                    "not authenticated",
                    "5.7.1",
                    "The recipient's server wants a sign-in before it takes the message.",
                    "The recipient's administrator has to allow mail without a sign-in."),
            CodeMeaning.with("authrequired", "5.7.1", "The address accepts mail only from inside.", INSIDE_ONLY),
            CodeMeaning.with(
                    "notauthorized",
                    "5.7.1",
                    "The sender may not write to this address.",
                    "Ask the owner of the address to allow the sender."),
            CodeMeaning.of(
                    "5.7.1",
                    "A rule or restriction refused the message.",
                    "Ask an administrator which rule it was, or whether the sender may write to this address."),
            CodeMeaning.of("5.7.12", "The address accepts mail only from inside.", INSIDE_ONLY),
            CodeMeaning.with(
                    "accountdisabled",
                    "5.7.13",
                    "The account of the mailbox is disabled.",
                    "Ask an administrator whether the mailbox is still in use."),
            CodeMeaning.of("5.7.13,5.7.135", "The public folder accepts mail only from inside.", INSIDE_ONLY),
            CodeMeaning.of(
                    "5.7.23",
                    "The recipient's mail system does not accept the sending server for the sender's domain (SPF).",
                    "The sender's administrator has to add the server to the domain's SPF entry."),
            CodeMeaning.of(
                    "5.7.25",
                    "The sending server has no name in DNS for its address.",
                    "The sender's administrator has to add a reverse entry."),
            CodeMeaning.of(
                    "5.7.57",
                    "The device or program that sent the message did not sign in.",
                    "Ask an administrator to set the device or program up with a sign-in or a connector."),
            CodeMeaning.of(
                    "5.7.64",
                    "The message came by a server that the inbound connector does not know.",
                    "Ask an administrator to check the connector's addresses and certificate."),
            CodeMeaning.of(
                    "5.7.124",
                    "The sender is not on the group's list of allowed senders.",
                    "Ask the group's owner to allow the sender."),
            CodeMeaning.of(
                    "5.7.133",
                    "The group accepts mail only from inside.",
                    "Ask the group's owner to allow senders from outside."),
            CodeMeaning.of("5.7.134", "The mailbox accepts mail only from inside.", INSIDE_ONLY),
            CodeMeaning.of("5.7.136", "The recipient accepts mail only from inside.", INSIDE_ONLY),
            CodeMeaning.of(
                    "5.7.193",
                    "The Microsoft 365 group accepts mail only from inside.",
                    "Ask the group's owner to allow senders from outside."),
            CodeMeaning.of(
                    "5.7.350",
                    "The recipient's mail system took the message for spam.",
                    "Ask the recipient's administrator to allow the sender."),
            CodeMeaning.of(
                    "5.7.367",
                    "The recipient's mail system did not accept forwarded mail from Exchange Online.",
                    "Ask an administrator to check why the original message failed the checks of its sender (SPF, DKIM)."),
            CodeMeaning.of("5.7.501-503", "Microsoft has blocked the sending account for spam.", ACCOUNT),
            CodeMeaning.of("5.7.504,5.7.505", "The address does not exist.", "Correct it and send again."),
            CodeMeaning.of("5.7.506", "The sending server gave a name that is not its own (HELO).", SENDERS_SERVER),
            CodeMeaning.of(
                    "5.7.507,5.7.513",
                    "The recipient's organisation has blocked the sending server.",
                    "Ask the recipient's administrator to take it off their list."),
            CodeMeaning.of(
                    "5.7.508",
                    "The sending address range has sent too many messages in a short time.",
                    "Wait and send again; let programs that send automatically send less."),
            CodeMeaning.of(
                    "5.7.509",
                    "The sender's domain asks to refuse messages that do not prove it, and this one did not (DMARC).",
                    "The sender's administrator has to set up SPF and DKIM; a forwarded message may fail as well."),
            CodeMeaning.of("5.7.510", "The recipient's domain takes no mail over IPv6.", SENDERS_SERVER),
            CodeMeaning.of(
                    "5.7.511,5.7.606-649",
                    "Microsoft has blocked the sending server.",
                    "The sender's administrator has to ask Microsoft to lift the block, at https://sender.office.com."),
            CodeMeaning.of(
                    "5.7.512", "The message has no valid address in its From header.", "Send it with another program."),
            CodeMeaning.of(
                    "5.7.520",
                    "Forwarding to outside addresses is not allowed here.",
                    "Ask an administrator whether the outbound spam policy may allow it for this mailbox."),
            CodeMeaning.of(
                    "5.7.703",
                    "The organisation itself blocks one of the recipients, so the message was not sent to anybody.",
                    "Ask an administrator to look at the Tenant Allow/Block List."),
            CodeMeaning.of(
                    "5.7.708",
                    "Microsoft takes no mail from this sending address, which is common for new organisations.",
                    "Ask an administrator to have Microsoft lift the block."),
            CodeMeaning.of(
                    "5.7.750",
                    "Too many messages came from domains that are not registered with the organisation.",
                    "Ask an administrator to add and verify every domain that mail is sent from."),
            CodeMeaning.of(
                    "5.7.700-749",
                    "Microsoft has stopped all sending of the organisation, as most of its mail looked suspicious.",
                    "Ask an administrator to find the cause, then to have Microsoft lift the block."),
            CodeMeaning.of("5.7.900-999", "A mail flow rule refused the message.", RULE));

    private PolicyCodes() {}
}
