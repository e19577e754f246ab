package org.mailtrace.exo.words;

import java.util.List;

/**
 * Codes about addresses, mailboxes, sizes and content as Exchange Online uses them, where that says more than RFC 3463:
 * <a href="https://learn.microsoft.com/exchange/troubleshoot/email-delivery/ndr/non-delivery-reports-in-exchange-online">Email
 * non-delivery reports and SMTP errors in Exchange Online</a>. {@code 5.1.351} and the deletion by a mail flow rule do
 * not stand there; they have been seen in public reports of failures.
 */
final class AddressCodes {
    private static final String CORRECT = "Correct it and send again.";
    private static final String THEIRS = "Ask the recipient's administrator; the reply behind the code is theirs.";

    static final List<CodeMeaning> ALL = List.of(
            CodeMeaning.with(
                    "x-dg-ref",
                    "5.0.350",
                    "The other server refused the message because of its Rich Text format.",
                    "Send it again in HTML or as plain text."),
            CodeMeaning.with(
                    "as345",
                    "5.0.350",
                    "The other server refused the message because an attachment holds further attachments.",
                    "Send the inner attachments by themselves, or a link."),
            CodeMeaning.of(
                    "5.0.350", "The recipient's mail system refused the message without a precise code.", THEIRS),
            CodeMeaning.of(
                    "5.1.0",
                    "The recipient's address could not be resolved, or is not written correctly.",
                    "Type the address anew instead of answering a saved message or taking a suggestion, and send again."),
            CodeMeaning.with(
                    "exrecipnotfound",
                    "5.1.1,5.1.10",
                    "The address that Outlook has stored for the recipient is out of date.",
                    "Delete the suggestion in Outlook, choose the recipient from the address book, and send again."),
            CodeMeaning.of("5.1.1", "The address does not exist.", CORRECT),
            CodeMeaning.of(
                    "5.1.8",
                    "Exchange Online has blocked the sender for sending spam.",
                    "Ask an administrator to unblock the sender."),
            CodeMeaning.with(
                    "null mx",
                    "5.1.10",
                    "The recipient's domain accepts no mail.",
                    "Ask the recipient for another address."),
            CodeMeaning.of("5.1.10", "The address does not exist.", CORRECT),
            CodeMeaning.of(
                    "5.1.20",
                    "The message names several people in its From header and none in a Sender header.",
                    "Send it from one address."),
            CodeMeaning.of(
                    "5.1.90",
                    "The sender has reached the number of recipients that one mailbox may write to in a day.",
                    "Wait a day, and have an administrator check whether somebody misuses the account."),
            CodeMeaning.of("5.1.351", "The recipient's mail system does not know the address.", CORRECT),
            CodeMeaning.with(
                    "deleted by the transport rules agent",
                    "5.2.1",
                    "A mail flow rule deleted the message.",
                    "Ask an administrator which rule it was."),
            CodeMeaning.with(
                    "submission quota",
                    "5.2.2",
                    "The sender has sent more than a mailbox may.",
                    "Wait a day, and have an administrator check whether somebody misuses the account."),
            CodeMeaning.of("5.2.2", "The mailbox is full.", "Ask the recipient to make room, then send again."),
            CodeMeaning.of(
                    "5.2.3", "The message is larger than the recipient accepts.", "Send a smaller message or a link."),
            CodeMeaning.of(
                    "5.2.121",
                    "The mailbox takes no more messages from this sender within the hour.",
                    "Wait an hour; let programs that send automatically send less."),
            CodeMeaning.of(
                    "5.2.122",
                    "The mailbox receives more messages than it may within an hour.",
                    "Send again after an hour; have an administrator check what floods the mailbox."),
            CodeMeaning.with(
                    "thread limit",
                    "4.3.2",
                    "The mailbox is receiving too many messages at the same time.",
                    "Wait; Exchange Online tries again by itself."),
            CodeMeaning.of("5.3.4", "The message is too large.", "Send a smaller message or a link."),
            CodeMeaning.of(
                    "5.3.190",
                    "Journal mail from on-premises servers is not taken while the journaling archive is off.",
                    "Ask an administrator to turn the archive on or to send the journal elsewhere."),
            CodeMeaning.with("mailbox unavailable", "5.5.0", "The other server does not know the address.", CORRECT),
            CodeMeaning.with(
                    "approval.",
                    "5.6.0",
                    "The request for a moderator's approval could not be made.",
                    "Ask an administrator to check the moderation of this address."),
            CodeMeaning.of(
                    "5.6.11",
                    "The program that made the message put characters into it that mail must not have (single line"
                            + " feeds).",
                    "Send it with another program; the maker of this one has to mend it."));

    private AddressCodes() {}
}
