package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

/** The services run with exactly what the manifests give them, and need nothing else. */
class ManifestsIT {
    /** What has to be said where nobody listens: no issuer of tokens, no collector, no tracking logs, no vendor. */
    private static final Pattern EXPECTED =
            Pattern.compile("(?i)OIDC server|logs cannot be read|log stream cannot be reached|failed to export");

    private static final Pattern TROUBLE = Pattern.compile("\"level\":\"(WARN|ERROR|FATAL)\"");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"single", "production", "demo"})
    void everyServiceOfAnOverlayIsReadyAndWritesNowhereElseAndMissesNoSetting(String overlay) throws IOException {
        // given
        assumeThat(Launcher.execute(List.of("sh", "-c", "command -v kubectl"), Map.of())
                        .exitCode())
                .as(
                        "kubectl is not on the PATH, so this is not checked here: install it, for example with Debian's package"
                                + " kubernetes-client.")
                .isZero();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Manifests manifests = Manifests.of(overlay);
        Secrets secrets = new Secrets(manifests, PostgresqlServer.shared().newDatabase(), folder);
        Map<String, Container> containers = Container.all(manifests, secrets, folder);
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n");

        try {
            // when
            for (Map.Entry<String, Container> each : containers.entrySet()) {
                each.getValue().start(hosts);
                if (each.getKey().endsWith("stand-ins")) {
                    // They write the others' settings.
                    each.getValue().awaitProbes();
                }
            }

            // then
            assertThat(containers)
                    .hasSize(overlay.equals("demo") ? 5 : 4)
                    .containsKeys("gateway/service", "proofpoint/service", "onprem-exchange/service", "exo/service");
            containers.values().forEach(Container::awaitProbes);
            SoftAssertions softly = new SoftAssertions();
            containers
                    .values()
                    .forEach(each -> softly.assertThat(each.writtenElsewhere())
                            .as("written by " + each)
                            .isEmpty());
            check(containers.values(), softly);

            // when
            containers.values().forEach(Container::tellToEnd);

            // then
            containers
                    .values()
                    .forEach(each -> softly.assertThat(each.endsWithinItsGrace())
                            .as(each + " ends: " + each.said())
                            .isTrue());
            softly.assertAll();
        } finally {
            containers.values().forEach(Container::close);
        }
    }

    private static void check(Collection<Container> containers, SoftAssertions softly) {
        for (Container container : containers) {
            softly.assertThat(container.said())
                    .as("said by " + container)
                    .noneMatch(line -> line.contains(Secrets.CANARY))
                    .noneMatch(line -> line.contains("Unrecognized configuration key"))
                    .filteredOn(line -> TROUBLE.matcher(line).find())
                    .allMatch(line -> EXPECTED.matcher(line).find());
        }
    }
}
