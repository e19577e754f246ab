package org.mailtrace.exo.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Question;

/**
 * The command with which an administrator would ask the same in Exchange Online PowerShell
 * (<a href="https://learn.microsoft.com/powershell/module/exchange/get-messagetracev2">Get-MessageTraceV2</a>).
 */
final class Equivalent {
    /** PowerShell takes typographic quotes for plain ones. */
    private static final String SINGLE_QUOTES = "['\u2018\u2019\u201a\u201b]";

    private Equivalent() {}

    static String of(Question question, Window window) {
        List<String> parts = new ArrayList<>();
        parts.add("Get-MessageTraceV2");
        question.sender()
                .filter(sender -> !sender.isNullSender())
                .ifPresent(sender -> parts.add("-SenderAddress " + quoted(sender.value())));
        if (!question.recipients().isEmpty()) {
            parts.add("-RecipientAddress "
                    + question.recipients().stream()
                            .map(AddressPattern::value)
                            .map(Equivalent::quoted)
                            .collect(Collectors.joining(",")));
        }
        question.subject().ifPresent(text -> parts.add("-Subject " + quoted(text) + " -SubjectFilterType Contains"));
        question.messageId()
                .ifPresent(id -> parts.add((id.kind() == MailId.Kind.MESSAGE_ID ? "-MessageId " : "-MessageTraceId ")
                        + quoted(id.value())));
        parts.add("-StartDate " + quoted(window.from().toString()));
        parts.add("-EndDate " + quoted(window.to().toString()));
        parts.add("-ResultSize 5000");
        return String.join(" ", parts);
    }

    private static String quoted(String text) {
        return "'" + text.replaceAll(SINGLE_QUOTES, "$0$0") + "'";
    }
}
