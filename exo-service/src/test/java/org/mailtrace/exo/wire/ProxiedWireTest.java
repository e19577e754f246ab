package org.mailtrace.exo.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailtrace.testkit.ConnectProxy;

class ProxiedWireTest {
    @Test
    void microsoftIsReachedByTheProxyOfTheJavaMachine() throws IOException {
        try (ConnectProxy proxy = new ConnectProxy()) {
            // given
            Wire wire = WireFixture.wire(Map.of());
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://graph.contoso.example/v1.0"));
            Deadline deadline = Deadline.in(Duration.ofMinutes(1), Clock.systemUTC());

            // when
            Throwable refused = catchThrowable(() -> wire.send(request, deadline));

            // then
            assertThat(refused).isNotNull();
            assertThat(proxy.asked()).containsOnly("CONNECT graph.contoso.example:443 HTTP/1.1");
        }
    }
}
