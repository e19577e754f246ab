package org.mailtrace.onprem.live.wsman;

import java.util.List;

/**
 * How a cmdlet ended.
 *
 * @param completed whether it ran to its end
 * @param errors what went wrong, also while it went on
 * @param warnings its warnings
 * @param cutOff whether reading ended because there was more than wanted
 */
public record CommandResult(boolean completed, List<CommandError> errors, List<String> warnings, boolean cutOff) {
    public CommandResult {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    /**
     * An error as PowerShell reports it.
     *
     * @param id its id, which does not depend on the server's language, such as {@code CommandNotFoundException}
     * @param text its text, which does; for deciding, never for showing
     */
    public record CommandError(String id, String text) {}
}
