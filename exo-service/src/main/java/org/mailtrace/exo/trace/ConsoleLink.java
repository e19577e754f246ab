package org.mailtrace.exo.trace;

import java.net.URI;
import java.util.Optional;

/** The address of one message in the vendor's console, where there is one. */
record ConsoleLink(Optional<String> template) {
    static final String PLACE = "{networkMessageId}";

    /**
     * Reads the setting.
     *
     * @throws IllegalStateException with a sentence that names the setting
     */
    static ConsoleLink of(Optional<String> template) {
        if (template.filter(text -> !isUsable(text)).isPresent()) {
            throw new IllegalStateException("Set mailtrace.exo.trace.console-url to an https address with " + PLACE
                    + " in it, or to nothing for no link.");
        }
        return new ConsoleLink(template);
    }

    /** @param networkMessageId a GUID, so nothing needs to be encoded */
    Optional<String> to(String networkMessageId) {
        return template.map(text -> text.replace(PLACE, networkMessageId));
    }

    private static boolean isUsable(String template) {
        try {
            URI address = URI.create(template.replace(PLACE, "00000000-0000-0000-0000-000000000000"));
            return template.contains(PLACE) && "https".equals(address.getScheme()) && address.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
