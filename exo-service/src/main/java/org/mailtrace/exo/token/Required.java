package org.mailtrace.exo.token;

import java.net.URI;
import java.util.Optional;

/** Settings without which the service cannot start; the sentence names the key. */
public final class Required {
    private Required() {}

    /** The text of a setting. */
    public static String text(String key, Optional<String> value) {
        return value.filter(text -> !text.isBlank()).orElseThrow(() -> new IllegalStateException("Set " + key + "."));
    }

    /** The address of a setting: absolute, http or https, with a host. */
    public static URI address(String key, Optional<URI> value) {
        return value.filter(uri ->
                        uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?"))
                .orElseThrow(() ->
                        new IllegalStateException("Set " + key + " to an address such as https://host.example/path."));
    }
}
