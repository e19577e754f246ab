package org.mailtrace.standins.proofpoint;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotAuthorizedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.mailtrace.standins.StandInsConfig;

/** The API user's name and password. */
@ApplicationScoped
class BasicAuth {
    private final byte[] expected;

    BasicAuth(StandInsConfig config) {
        String pair = config.proofpoint().username() + ":" + config.proofpoint().password();
        String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        this.expected = ("Basic " + encoded).getBytes(StandardCharsets.UTF_8);
    }

    void require(String authorization) {
        byte[] given = authorization == null ? new byte[0] : authorization.getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, given)) {
            throw new NotAuthorizedException("Basic realm=\"PPS REST API\"");
        }
    }
}
