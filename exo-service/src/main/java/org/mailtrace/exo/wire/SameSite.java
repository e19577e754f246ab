package org.mailtrace.exo.wire;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * An address of which nothing but the query may differ. The vendor names the address of each next page; anything else
 * than the configured scheme, host, port and path would carry the token somewhere else.
 */
public record SameSite(URI address) {
    /** The link, if it stays there. */
    public Optional<URI> link(String link) {
        try {
            URI next = new URI(link);
            boolean stays = same(address.getScheme(), next.getScheme())
                    && same(address.getHost(), next.getHost())
                    && next.getRawUserInfo() == null
                    && port(address) == port(next)
                    && address.getRawPath().equals(next.getRawPath());
            return stays ? Optional.of(next) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean same(String one, String other) {
        return other != null && one.equalsIgnoreCase(other);
    }

    private static int port(URI uri) {
        boolean secure = uri.getScheme().toLowerCase(Locale.ROOT).equals("https");
        return uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    }
}
