package org.mailtrace.standins.exo.historical;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** People who signed in at a browser. */
@ApplicationScoped
class InteractiveSessions {
    static final String COOKIE = "demo-session";
    private static final int BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    InteractiveSessions() {}

    String begin() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String session = HexFormat.of().formatHex(bytes);
        open.add(session);
        return session;
    }

    boolean isOpen(String session) {
        return session != null && open.contains(session);
    }
}
