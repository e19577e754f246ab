package org.mailtrace.proofpoint.fate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.proofpoint.row.MessageRow;

/**
 * What the filter decided. "Quarantined" is no action of the vendor: a held message is one that was discarded and has a
 * folder, while a folder on a message that goes on is a copy.
 *
 * @param action the decision
 * @param raw the vendor's own words for it
 * @param folder where the message or its copy lies
 * @param rule the rule that put it there, else the final rule
 * @param reason why, if the names say it
 */
record Verdict(
        Action action, Optional<String> raw, Optional<String> folder, Optional<String> rule, Optional<String> reason) {
    /** Decisions, documented by their consequence. */
    enum Action {
        /** Kept in a folder; the recipient has nothing. */
        HELD,
        /** Handed to the mail server part for delivery; proves nothing about delivery. */
        PASSED,
        DISCARDED,
        REJECTED,
        /** Refused for now; the sender's server has to try again. */
        RETRY,
        REDIRECTED,
        UNKNOWN
    }

    private static final Set<String> KNOWN =
            Set.of("accept", "continue", "discard", "quarantine", "quarantined", "reject", "retry", "redirect");

    Verdict {
        Objects.requireNonNull(action, "action");
    }

    /** The verdict of a row. */
    static Verdict of(MessageRow row, Map<String, String> siteReasons) {
        String word = decision(row);
        Optional<String> folder = row.column("Quarantine_Folder").or(() -> row.column("current_folder"));
        Action action = isHeld(row, folder) ? Action.HELD : actionOf(word, folder);
        Optional<String> finalRule = row.column("Final_Rule");
        Optional<String> rule = row.column("Quarantine_Rule")
                .or(() -> finalRule.map(name -> name.substring(name.lastIndexOf('.') + 1)))
                .or(() -> row.column("Rule_ID"));
        return new Verdict(action, raw(row), folder, rule, reason(row, action, folder, rule, siteReasons));
    }

    /** The final action, or the disposition where the final action is a word of another kind or missing. */
    private static String decision(MessageRow row) {
        return Stream.of("Final_Action", "Disposition_Action")
                .flatMap(name -> row.column(name).stream())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(KNOWN::contains)
                .findFirst()
                .orElse("");
    }

    /**
     * Said outright, or by a folder on mail that the disposition drops, whatever the last action is called; where only the
     * final action drops it, {@link #actionOf} says the same.
     */
    private static boolean isHeld(MessageRow row, Optional<String> folder) {
        boolean droppedIntoAFolder = folder.isPresent()
                && row.column("Disposition_Action")
                        .filter("discard"::equalsIgnoreCase)
                        .isPresent();
        return droppedIntoAFolder
                || row.column("Quarantine_Type")
                        .filter("quarantine"::equalsIgnoreCase)
                        .isPresent()
                || row.column("Actions").stream()
                        .flatMap(actions -> Arrays.stream(actions.split(";")))
                        .map(action ->
                                action.substring(action.lastIndexOf('=') + 1).strip())
                        .anyMatch("quarantine"::equalsIgnoreCase);
    }

    private static Action actionOf(String word, Optional<String> folder) {
        return switch (word) {
            case "accept", "continue" -> Action.PASSED;
            case "discard" -> folder.isPresent() ? Action.HELD : Action.DISCARDED;
            case "quarantine", "quarantined" -> Action.HELD;
            case "reject" -> Action.REJECTED;
            case "retry" -> Action.RETRY;
            case "redirect" -> Action.REDIRECTED;
            default -> Action.UNKNOWN;
        };
    }

    /** The same decision for an address that the message was redirected to: there it went on. */
    Verdict forTarget() {
        return new Verdict(Action.PASSED, raw, Optional.empty(), rule, Optional.empty());
    }

    /** Whether the message reached the mail server part, so that its log says what became of it. */
    boolean goesOn() {
        return action == Action.PASSED || action == Action.REDIRECTED;
    }

    /** A module's name is only asked when rule and folder say nothing: a bulk rule belongs to the module spam. */
    private static Optional<String> reason(
            MessageRow row,
            Action action,
            Optional<String> folder,
            Optional<String> rule,
            Map<String, String> siteReasons) {
        if (action == Action.PASSED) {
            return Optional.empty();
        }
        if (row.column("Virus_Names").isPresent()) {
            return Optional.of(Reason.MALWARE.word());
        }
        List<String> names = Stream.of(rule, folder).flatMap(Optional::stream).toList();
        return Reason.in(names, siteReasons)
                .or(() -> Reason.in(
                        row.column("Module_ID").stream().map(Verdict::module).toList(), siteReasons));
    }

    private static String module(String name) {
        return name.equalsIgnoreCase("av") ? "virus" : name;
    }

    private static Optional<String> raw(MessageRow row) {
        String text = Stream.of(
                        row.column("Final_Action").or(() -> row.column("Disposition_Action")),
                        row.column("Final_Rule").or(() -> row.column("Rule_ID")).map(rule -> "rule " + rule),
                        row.column("Module_ID").map(module -> "module " + module),
                        row.column("Quarantine_Folder")
                                .or(() -> row.column("current_folder"))
                                .map(folder -> "folder " + folder))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** Columns that the verdict was read from. */
    static final List<String> COLUMNS = List.of(
            "Final_Action",
            "Disposition_Action",
            "Final_Rule",
            "Rule_ID",
            "Module_ID",
            "module_rules",
            "Quarantine_Folder",
            "Quarantine_Rule",
            "current_folder",
            "Spam_Score",
            "Virus_Names",
            "Policy_Routes",
            "Message_Encrypted",
            "Message_Split",
            "Orig_GUID",
            "Actions",
            "Quarantine_Type",
            "Message_Reinjected",
            "PE_Recipients",
            "SMIME_Recipients");
}
