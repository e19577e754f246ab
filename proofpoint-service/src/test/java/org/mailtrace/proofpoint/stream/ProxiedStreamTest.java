package org.mailtrace.proofpoint.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mailtrace.proofpoint.stream.StreamFixture.settings;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailtrace.proofpoint.record.RecordType;
import org.mailtrace.testkit.ConnectProxy;

class ProxiedStreamTest {
    @Test
    void theLogStreamIsReachedByTheProxyOfTheJavaMachine() throws IOException {
        try (ConnectProxy proxy = new ConnectProxy()) {
            // given
            Connector connector =
                    new Connector(settings("wss://stream.rivercounty.example"), Optional.empty(), Clock.systemUTC());

            // when
            Throwable refused = catchThrowable(() -> connector.live(RecordType.MESSAGE));

            // then
            assertThat(refused).isNotNull();
            assertThat(proxy.asked()).containsOnly("CONNECT stream.rivercounty.example:443 HTTP/1.1");
        }
    }
}
