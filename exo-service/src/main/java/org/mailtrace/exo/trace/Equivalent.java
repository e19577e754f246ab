package org.mailtrace.exo.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Question;

/**
 * The commands with which an administrator would ask the same in Exchange Online PowerShell:
 * <a href="https://learn.microsoft.com/powershell/module/exchange/get-messagetracev2">Get-MessageTraceV2</a>, for one
 * message also
 * <a href="https://learn.microsoft.com/powershell/module/exchange/get-messagetracedetailv2">Get-MessageTraceDetailV2</a>,
 * which looks at the last two days unless it is given a window. One line, to be pasted as it is.
 */
final class Equivalent {
    /** PowerShell takes typographic quotes for plain ones. */
    private static final String SINGLE_QUOTES = "['\u2018\u2019\u201a\u201b]";

    private Equivalent() {}

    /**
     * The commands for a question, newest window first; each may span ten days at most.
     *
     * @return empty if the question selects by nothing that the command knows
     */
    static Optional<String> of(Question question, Window window) {
        boolean selects =
                question.sender().filter(sender -> !sender.isNullSender()).isPresent()
                        || !question.recipients().isEmpty()
                        || question.subject().isPresent()
                        || question.messageId().isPresent();
        return selects
                ? Optional.of(window.slices().stream()
                        .map(slice -> command(question, slice))
                        .collect(Collectors.joining("; ")))
                : Optional.empty();
    }

    private static String command(Question question, Window window) {
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
        parts.add(dates(window));
        parts.add("-ResultSize 5000");
        question.sender()
                .filter(AddressPattern::isNullSender)
                .ifPresent(nobody -> parts.add("| Where-Object { $_.SenderAddress -in '<>','' }"));
        question.messageId().ifPresent(id -> parts.add(details(window)));
        return String.join(" ", parts);
    }

    private static String details(Window window) {
        return "| ForEach-Object { $_; Get-MessageTraceDetailV2 -MessageTraceId $_.MessageTraceId -RecipientAddress"
                + " $_.RecipientAddress " + dates(window) + " }";
    }

    private static String dates(Window window) {
        return "-StartDate " + quoted(window.from().toString()) + " -EndDate "
                + quoted(window.to().toString());
    }

    private static String quoted(String text) {
        return "'" + text.replaceAll(SINGLE_QUOTES, "$0$0") + "'";
    }
}
