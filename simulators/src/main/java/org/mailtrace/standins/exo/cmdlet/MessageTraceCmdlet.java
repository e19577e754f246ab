package org.mailtrace.standins.exo.cmdlet;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.mailtrace.standins.exo.TracePeriod;
import org.mailtrace.standins.exo.TraceRefusedException;
import org.mailtrace.standins.exo.TraceRow;
import org.mailtrace.standins.exo.TraceRows;
import org.mailtrace.standins.story.Glob;
import org.mailtrace.standins.traffic.FaultSwitches;
import org.mailtrace.standins.traffic.PageFault;

/**
 * {@code Get-MessageTraceV2}: several values per parameter, newest second first and by recipient within it, and no paging
 * but a warning that names the next question. Times in the warning are whole seconds, so what follows begins with rows
 * that were there already. (Parameters: the cmdlet's page; the warning's text: seen in public.)
 */
@ApplicationScoped
class MessageTraceCmdlet implements Cmdlet {
    private static final Set<String> PARAMETERS = Set.of(
            "EndDate",
            "FromIP",
            "MessageId",
            "MessageTraceId",
            "RecipientAddress",
            "ResultSize",
            "SenderAddress",
            "StartDate",
            "StartingRecipientAddress",
            "Status",
            "Subject",
            "SubjectFilterType",
            "ToIP");
    private static final int DEFAULT_SIZE = 1000;
    private static final int HIGHEST_SIZE = 5000;
    private static final Comparator<TraceRow> ORDER = Comparator.comparing(
                    (TraceRow row) -> row.received().truncatedTo(ChronoUnit.SECONDS), Comparator.reverseOrder())
            .thenComparing(TraceRow::recipient)
            .thenComparing(TraceRow::id);

    private final TraceRows rows;
    private final FaultSwitches switches;

    MessageTraceCmdlet(TraceRows rows, FaultSwitches switches) {
        this.rows = rows;
        this.switches = switches;
    }

    @Override
    public String name() {
        return "Get-MessageTraceV2";
    }

    @Override
    public Output run(Arguments arguments, Instant now) {
        arguments.onlyKnown(PARAMETERS);
        int size = size(arguments.text("ResultSize"));
        TracePeriod period = TracePeriod.of(arguments.time("StartDate"), arguments.time("EndDate"), now);
        Duration width = Duration.between(period.from(), period.to());
        if (switches.widestTrace().filter(widest -> width.compareTo(widest) > 0).isPresent()) {
            throw new GaveUpException();
        }
        List<TraceRow> found = rows.visibleAt(now).stream()
                .filter(within(period, arguments.text("StartingRecipientAddress")))
                .filter(asked(arguments))
                .sorted(ORDER)
                .toList();
        List<TraceRow> shown = found.subList(0, Math.min(size, found.size()));
        return new Output(
                shown.stream().map(TraceObjects::row).toList(), warnings(found, shown, arguments, period, size));
    }

    private static Predicate<TraceRow> within(TracePeriod period, Optional<String> starting) {
        if (starting.isEmpty()) {
            return row -> period.contains(row.received());
        }
        Instant second = period.to().truncatedTo(ChronoUnit.SECONDS);
        String first = starting.get().toLowerCase(Locale.ROOT);
        return row -> {
            int later = row.received().truncatedTo(ChronoUnit.SECONDS).compareTo(second);
            return !row.received().isBefore(period.from())
                    && (later < 0 || (later == 0 && row.recipient().compareTo(first) >= 0));
        };
    }

    private static Predicate<TraceRow> asked(Arguments arguments) {
        List<String> messageIds = arguments.texts("MessageId");
        return row -> (messageIds.isEmpty() || messageIds.contains(row.story().messageId()))
                && one(arguments.texts("MessageTraceId"), row.id())
                && address(arguments.texts("SenderAddress"), row.story().from())
                && address(arguments.texts("RecipientAddress"), row.recipient())
                && one(arguments.texts("Status"), row.status())
                && one(arguments.texts("FromIP"), row.fromIp())
                && one(arguments.texts("ToIP"), row.toIp())
                && subject(arguments, row.story().subject().toLowerCase(Locale.ROOT));
    }

    private static boolean one(List<String> wanted, String actual) {
        return wanted.isEmpty() || wanted.stream().anyMatch(actual::equalsIgnoreCase);
    }

    private static boolean address(List<String> wanted, String actual) {
        return wanted.isEmpty() || wanted.stream().anyMatch(address -> fits(address, actual));
    }

    /** A whole domain may be asked for as {@code *@domain}; no other wildcard finds anything. */
    private static boolean fits(String address, String actual) {
        boolean domain = address.startsWith("*@") && address.indexOf('*', 1) < 0;
        return domain ? Glob.matches(address, actual) : address.equalsIgnoreCase(actual);
    }

    private static boolean subject(Arguments arguments, String actual) {
        String wanted = arguments.text("Subject").orElse("").toLowerCase(Locale.ROOT);
        return switch (arguments.text("SubjectFilterType").orElse("Contains").toLowerCase(Locale.ROOT)) {
            case "contains" -> actual.contains(wanted);
            case "startswith" -> actual.startsWith(wanted);
            case "endswith" -> actual.endsWith(wanted);
            default ->
                throw new TraceRefusedException(
                        "Cannot process argument transformation on parameter 'SubjectFilterType'.");
        };
    }

    private List<String> warnings(
            List<TraceRow> found, List<TraceRow> shown, Arguments arguments, TracePeriod period, int size) {
        boolean circle = switches.pages()
                .filter(fault -> fault == PageFault.CIRCLE || fault == PageFault.ENDLESS)
                .isPresent();
        if (shown.isEmpty() || (found.size() == shown.size() && !circle)) {
            return List.of();
        }
        TraceRow last = circle ? shown.getFirst() : shown.getLast();
        StringBuilder command =
                new StringBuilder("There are more results, use the following command to get more. ").append(name());
        append(
                command,
                "StartDate",
                period.from().truncatedTo(ChronoUnit.SECONDS).toString());
        append(
                command,
                "EndDate",
                last.received().truncatedTo(ChronoUnit.SECONDS).toString());
        append(command, "StartingRecipientAddress", last.recipient());
        for (String name : List.of("SenderAddress", "RecipientAddress", "Status", "Subject", "SubjectFilterType")) {
            List<String> values = arguments.texts(name);
            if (!values.isEmpty()) {
                append(command, name, String.join("\",\"", values));
            }
        }
        return List.of(command.append(" -ResultSize ").append(size).toString());
    }

    private static void append(StringBuilder command, String name, String value) {
        command.append(" -").append(name).append(" \"").append(value).append('"');
    }

    private static int size(Optional<String> text) {
        if (text.isEmpty()) {
            return DEFAULT_SIZE;
        }
        String given = text.get();
        if (!given.matches("\\d{1,4}") || Integer.parseInt(given) < 1 || Integer.parseInt(given) > HIGHEST_SIZE) {
            throw new TraceRefusedException("ResultSize is invalid");
        }
        return Integer.parseInt(given);
    }
}
