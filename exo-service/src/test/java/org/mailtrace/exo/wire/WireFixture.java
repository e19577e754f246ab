package org.mailtrace.exo.wire;

import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.mailtrace.exo.Settings;

/** Makes what other rooms' tests need of this one. */
public final class WireFixture {
    private WireFixture() {}

    public static Wire wire(Map<String, String> values) {
        return new Wire(Settings.of(WireSettings.class, values));
    }

    public static Wire trusting(SSLContext tls, Map<String, String> values) {
        return new Wire(Settings.of(WireSettings.class, values), Optional.of(tls));
    }
}
