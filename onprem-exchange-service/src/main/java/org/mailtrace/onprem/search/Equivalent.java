package org.mailtrace.onprem.search;

import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Question;

/**
 * What an administrator would type into the Exchange Management Shell, server by server. Text is quoted for PowerShell,
 * so that nothing in it runs.
 */
final class Equivalent {
    private Equivalent() {}

    static String of(Question question, Collection<String> servers) {
        return servers.stream().map(server -> command(question, server)).collect(Collectors.joining("; "));
    }

    private static String command(Question question, String server) {
        StringBuilder command = new StringBuilder("Get-MessageTrackingLog -Server ").append(quoted(server));
        question.messageId()
                .ifPresent(id -> command.append(
                                id.kind() == MailId.Kind.MESSAGE_ID ? " -MessageId " : " -NetworkMessageId ")
                        .append(quoted(id.value())));
        List<AddressPattern> wide = new ArrayList<>();
        question.sender().ifPresent(sender -> {
            if (sender.isWholeDomain() || sender.isNullSender()) {
                wide.add(sender);
            } else {
                command.append(" -Sender ").append(quoted(sender.value()));
            }
        });
        String exact = question.recipients().stream()
                .filter(recipient -> !recipient.isWholeDomain())
                .map(recipient -> quoted(recipient.value()))
                .collect(Collectors.joining(","));
        boolean allExact = question.recipients().stream().noneMatch(AddressPattern::isWholeDomain);
        if (!exact.isEmpty() && allExact) {
            command.append(" -Recipients ").append(exact);
        }
        question.subject()
                .ifPresent(subject -> command.append(" -MessageSubject ").append(quoted(subject)));
        DateTimeFormatter instant = DateTimeFormatter.ISO_INSTANT;
        command.append(" -Start ([datetime]'")
                .append(instant.format(question.from().truncatedTo(ChronoUnit.SECONDS)))
                .append("') -End ([datetime]'")
                .append(instant.format(question.to().truncatedTo(ChronoUnit.SECONDS)))
                .append("') -ResultSize Unlimited");
        wide.forEach(
                sender -> command.append(" | Where-Object ReturnPath -like ").append(quoted(sender.value())));
        if (!allExact) {
            command.append(" | Where-Object { ")
                    .append(question.recipients().stream()
                            .map(recipient -> "$_.Recipients -like " + quoted(recipient.value()))
                            .collect(Collectors.joining(" -or ")))
                    .append(" }");
        }
        return command.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''").replace("\u2018", "\u2018\u2018").replace("\u2019", "\u2019\u2019") + "'";
    }
}
