package org.mailtrace.exo.token;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Settings without which the service cannot start; the sentence names the key. */
public final class Required {
    private Required() {}

    /** The text of a setting. */
    public static String text(String key, Optional<String> value) {
        return value.filter(text -> !text.isBlank()).orElseThrow(() -> new IllegalStateException("Set " + key + "."));
    }

    /** The address of a setting: absolute, with a host; https, because secrets go there, or http to this machine. */
    public static URI address(String key, Optional<URI> value) {
        URI address = value.filter(uri ->
                        uri.getHost() != null && String.valueOf(uri.getScheme()).matches("(?i)https?"))
                .orElseThrow(() ->
                        new IllegalStateException("Set " + key + " to an address such as https://host.example/path."));
        if (address.getScheme().toLowerCase(Locale.ROOT).equals("http") && !isThisMachine(address.getHost())) {
            throw new IllegalStateException("Set " + key + " to an https address: secrets are sent there.");
        }
        return address;
    }

    private static boolean isThisMachine(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }
}
