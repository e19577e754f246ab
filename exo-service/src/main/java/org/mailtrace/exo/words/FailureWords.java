package org.mailtrace.exo.words;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.exo.words.StatusWords.Saying;

/** Why an attempt failed, in words, by its enhanced status code; the code itself is always shown. */
public final class FailureWords {
    private static final List<CodeMeaning> KNOWN = Stream.of(AddressCodes.ALL, RoutingCodes.ALL, PolicyCodes.ALL)
            .flatMap(List::stream)
            .toList();
    private static final Saying UNKNOWN_REASON = new Saying(
            "The reason is not one that Mailtrace knows.",
            "Read the reason in the events, mend the cause and send again.");

    private FailureWords() {}

    /**
     * Why delivery failed for good; that it did, the status says.
     *
     * @param code the enhanced status code, such as {@code 5.1.10}
     * @param text the whole error; some codes have several meanings
     * @param host the next server, if one was talked to or looked for
     */
    public static Saying failed(Optional<String> code, Optional<String> text, Optional<String> host) {
        Saying saying = meaning(code, text).orElse(UNKNOWN_REASON);
        return new Saying(withCode(saying.explanation(), code) + nextServer(host), saying.nextAction());
    }

    /**
     * An attempt failed and there will be another.
     *
     * @param attempts how many have failed, as far as the events tell
     */
    public static Saying deferred(Optional<String> code, Optional<String> text, Optional<String> host, long attempts) {
        String why = meaning(code, text)
                .map(saying -> " " + withCode(saying.explanation(), code))
                .orElse("");
        String so = attempts > 1 ? " (" + attempts + " attempts so far)" : "";
        String said = text.map(reply -> " The last attempt said: " + reply).orElse("");
        return new Saying(
                "Exchange Online has not been able to hand the message on yet and keeps trying" + so + "." + why
                        + nextServer(host) + said,
                "Do not send it again; look once more in an hour.");
    }

    /** The published table: codes, what the text must contain, meaning. */
    public static List<Row> table() {
        List<Row> rows = new ArrayList<>();
        for (CodeMeaning known : KNOWN) {
            rows.add(new Row(String.join(", ", known.each()), known.onlyWith(), known.saying()));
        }
        rows.sort(Comparator.comparing(row -> sortable(row.codes())));
        return List.copyOf(rows);
    }

    /** The published table of what holds when no row of {@link #table()} does: {@code x.1.3}, {@code x.1}. */
    public static List<Row> fallbacks() {
        List<Row> rows = new ArrayList<>();
        StandardCodes.details().forEach((detail, saying) -> rows.add(new Row("x." + detail, "", saying)));
        StandardCodes.subjects().forEach((subject, saying) -> rows.add(new Row("x." + subject, "", saying)));
        rows.sort(Comparator.comparing(row -> sortable(row.codes())));
        rows.add(new Row("any other", "", UNKNOWN_REASON));
        return List.copyOf(rows);
    }

    /** Whether a code has a row of its own, in an error with this text. */
    static boolean isKnown(String code, String text) {
        return known(code, text).isPresent();
    }

    private static Optional<Saying> meaning(Optional<String> code, Optional<String> text) {
        return code.flatMap(number -> known(number, text.orElse("")).or(() -> StandardCodes.of(number)))
                .or(() -> text.flatMap(FailureWords::quotaWithoutCode));
    }

    private static Optional<Saying> known(String code, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return KNOWN.stream()
                .filter(known -> known.isOf(code, lower))
                .findFirst()
                .map(CodeMeaning::saying);
    }

    /** Microsoft sends this one without a code. */
    private static Optional<Saying> quotaWithoutCode(String text) {
        return KNOWN.stream()
                .filter(known -> known.onlyWith().equals("submission quota"))
                .filter(known -> text.toLowerCase(Locale.ROOT).contains(known.onlyWith()))
                .findFirst()
                .map(CodeMeaning::saying);
    }

    private static String withCode(String sentence, Optional<String> code) {
        return code.map(number -> sentence.substring(0, sentence.length() - 1) + " (" + number + ").")
                .orElse(sentence);
    }

    private static String nextServer(Optional<String> host) {
        return host.map(name -> " The next server was " + name + ".").orElse("");
    }

    /** {@code 5.1.10} after {@code 5.1.8}. */
    private static String sortable(String codes) {
        return Stream.of(codes.split("[.,-]"))
                .map(String::strip)
                .map(part -> "0".repeat(Math.max(0, 4 - part.length())) + part)
                .collect(Collectors.joining("."));
    }

    /**
     * One row of a published table.
     *
     * @param onlyWith text that the error must contain; empty for any
     */
    public record Row(String codes, String onlyWith, Saying saying) {}
}
