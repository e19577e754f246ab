package org.mailtrace.onprem;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** What all services know of the organisation. */
@ConfigMapping(prefix = "mailtrace")
public interface SiteSettings {
    /** Our mail domains. */
    Optional<List<String>> domains();

    /** Networks of printers, scanners and intranet senders, as CIDR; a name may follow, as in {@code 10.20.0.0/16 printers}. */
    Optional<List<String>> devices();

    /** Hosts that belong to our other mail systems. */
    List<NextHopSetting> nextHops();

    /** One host pattern and the source that it leads to. */
    interface NextHopSetting {
        /** A host name, or {@code *.domain}. */
        String host();

        /** The source's name. */
        String source();
    }
}
