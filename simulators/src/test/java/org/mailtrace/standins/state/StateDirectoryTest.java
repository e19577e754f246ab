package org.mailtrace.standins.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.standins.StandInsConfig;

@QuarkusTest
class StateDirectoryTest {
    @Inject
    StateDirectory running;

    @Test
    void removesItsOwnFilesAndNothingElse(@TempDir Path root) throws IOException {
        // given
        StateDirectory state = state(root);
        state.makeFresh();
        Path log = Files.createDirectories(state.trackingLogs("EXCH01")).resolve("MSGTRK2026112300-1.LOG");
        Path stranger = log.resolveSibling("notes.txt");
        Path spent = Files.createDirectories(state.exoStoreFile().getParent()).resolve("exo.sqlite-wal");
        Files.writeString(spent, "old");
        Files.writeString(log, "old");
        Files.writeString(stranger, "mine");

        // when
        state.makeFresh();

        // then
        assertThat(log).doesNotExist();
        assertThat(spent).doesNotExist();
        assertThat(stranger).hasContent("mine");
    }

    @Test
    void refusesADirectoryWithLogsThatItDidNotWrite(@TempDir Path root) throws IOException {
        // given
        Path log = Files.createDirectories(root.resolve("tracking-logs/EXCH01")).resolve("MSGTRK2026112300-1.LOG");
        Files.writeString(log, "real");

        // when
        assertThatThrownBy(() -> state(root).makeFresh())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("mailtrace.standins.state is ");

        // then
        assertThat(log).hasContent("real");
    }

    @Test
    void writesTheSettingsOfAllFourServices() throws IOException {
        for (String service : List.of("gateway", "proofpoint", "onprem-exchange", "exo")) {
            Properties settings = new Properties();
            Path file = running.config(service + ".properties");
            try (var in = Files.newInputStream(file)) {
                settings.load(in);
            }
            assertThat(settings)
                    .containsKeys("quarkus.http.port", "quarkus.management.port", "quarkus.oidc.auth-server-url")
                    .containsEntry("mailtrace.domains", "rivercounty.example,rivercounty.mail.onmicrosoft.example");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void givesEachServiceOnlyTheKeysThatItKnows() throws IOException {
        assertThat(running.config("gateway.properties"))
                .content()
                .doesNotContain("mailtrace.devices")
                .contains("mailtrace.next-hops[0].host=*.mail.protection.outlook.com")
                .contains("mailtrace.store.file=" + running.gatewayStoreFile());
        assertThat(running.config("onprem-exchange.properties"))
                .content()
                .contains("mailtrace.devices=10.20.0.0/16", "mailtrace.next-hops[1].source=proofpoint");
        assertThat(running.config("exo.properties"))
                .content()
                .contains("mailtrace.relays=198.51.100.10/32,198.51.100.25/32")
                .contains("mailtrace.exo.store.file=" + running.exoStoreFile());
    }

    private static StateDirectory state(Path root) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(StandInsConfig.class)
                .addDefaultInterceptors()
                .withDefaultValue("mailtrace.standins.state", root.toString())
                .withDefaultValue("mailtrace.standins.proofpoint.retention", "P30D")
                .withDefaultValue("mailtrace.standins.proofpoint.quarantine-retention", "P14D")
                .withDefaultValue("mailtrace.standins.proofpoint.stream-linger", "PT3S")
                .withDefaultValue("mailtrace.standins.exchange-online.token-lifetime", "PT1H")
                .withDefaultValue("mailtrace.standins.exchange-online.quota-window", "PT5M")
                .withDefaultValue("mailtrace.standins.exchange-online.historical-pace", "PT1M")
                .withDefaultValue("mailtrace.standins.exchange-online.historical-lag", "PT4H")
                .withDefaultValue("mailtrace.standins.onprem-exchange.quiet-interval", "PT6H")
                .withDefaultValue("mailtrace.standins.onprem-exchange.heartbeat", "PT3S")
                .build();
        return new StateDirectory(config.getConfigMapping(StandInsConfig.class));
    }
}
