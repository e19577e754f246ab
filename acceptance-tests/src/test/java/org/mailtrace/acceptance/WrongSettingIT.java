package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(RunningMailtrace.class)
class WrongSettingIT {
    @ParameterizedTest
    @CsvSource({
        "gateway,mailtrace.sources.proofpoint.url",
        "proofpoint,mailtrace.proofpoint.url",
        "onprem-exchange,mailtrace.onprem.deadline",
        "exo,mailtrace.exo.graph-url"
    })
    void stopsTheStartWithASentenceThatNamesIt(String service, String setting) {
        // given
        Path jar = Launcher.ROOT.resolve(service + "-service/target/quarkus-app/quarkus-run.jar");
        Path usual = Launcher.HOME.resolve("run/stand-ins/config/" + service + ".properties");

        // when
        Launcher.Result start = Launcher.execute(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=0",
                        "-Dquarkus.management.host=127.0.0.1",
                        "-Dquarkus.management.port=0",
                        "-D" + setting + "=nonsense",
                        "-jar",
                        jar.toString()),
                // The stand-ins write the file to rank below the environment and system properties.
                Map.of("QUARKUS_CONFIG_LOCATIONS", usual.toString()));

        // then
        assertThat(start.exitCode()).as(start.output()).isNotZero();
        assertThat(start.output().lines().filter(line -> line.contains(setting)))
                .as(start.output())
                .isNotEmpty();
    }
}
