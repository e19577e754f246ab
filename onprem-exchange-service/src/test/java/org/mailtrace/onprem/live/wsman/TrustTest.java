package org.mailtrace.onprem.live.wsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.testkit.TlsServers;

class TrustTest {
    @Test
    void believesTheAuthorityThatItWasGivenAndNobodyElse(@TempDir Path folder) throws Exception {
        try (TlsServers servers = new TlsServers(folder, "{}")) {
            Optional<SSLContext> trust = Optional.of(servers.trust());

            // then: an internal authority is believed where it is known
            assertThat(send(servers.url("good"), trust).status()).isEqualTo(200);
            assertThatThrownBy(() -> send(servers.url("good"), Optional.empty()))
                    .isInstanceOf(SSLException.class);

            // then: whoever is expired, another host or a stranger is not, and learns no password
            for (String wrong : new String[] {"expired", "another-host", "stranger"}) {
                assertThatThrownBy(() -> send(servers.url(wrong), trust))
                        .as(wrong)
                        .isInstanceOf(SSLException.class);
            }
            assertThat(servers.requests()).isEqualTo(1);
        }
    }

    private static WsmanChannel.HttpReply send(String url, Optional<SSLContext> trust) throws Exception {
        try (BasicChannel channel = new BasicChannel(URI.create(url), "svc-trace", "secret", 1 << 20, trust)) {
            return channel.send("<synthetic/>", Duration.ofSeconds(30));
        }
    }
}
