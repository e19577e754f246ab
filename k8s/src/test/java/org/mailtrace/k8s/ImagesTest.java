package org.mailtrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImagesTest {
    static final Map<String, String> MODULES = Map.of(
            "gateway", "gateway-service",
            "proofpoint", "proofpoint-service",
            "onprem-exchange", "onprem-exchange-service",
            "exo", "exo-service",
            "stand-ins", "simulators");

    static Stream<String> containerFiles() {
        return MODULES.values().stream()
                .flatMap(module -> Stream.of("jvm", "native")
                        .map(kind -> module + "/src/main/docker/Dockerfile." + kind)
                        .filter(path -> !path.equals("simulators/src/main/docker/Dockerfile.native")));
    }

    @ParameterizedTest
    @MethodSource("containerFiles")
    void aContainerFileKeepsItsPromises(String path) {
        // given
        String module = path.substring(0, path.indexOf('/'));
        assumeThat(Tool.ROOT.resolve(module).resolve("target/quarkus-app"))
                .as("%s is not built, so its container file is not checked: ./mvnw -DskipTests package", module)
                .exists();

        // then
        assertThat(ContainerFile.read(path).faults(ports(module))).isEmpty();
    }

    @Test
    void theDemonstrationsKeycloakKeepsThemToo() {
        // then
        assertThat(ContainerFile.read("simulators/keycloak/Dockerfile").faults(Set.of(8180)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "USER 10001:10001, USER mailtrace, runs as mailtrace",
        "USER 10001:10001, USER 0:0, runs as 0:0",
        "-XX:+ExitOnOutOfMemoryError, -XX:+AlwaysPreTouch, goes on without memory",
        "COPY gateway-service/target/quarkus-app, COPY gateway-service/target/nothing, which is not there",
        "EXPOSE 8080 9080, EXPOSE 8080, exposes",
        "org.opencontainers.image.revision, org.opencontainers.image.what, lacks the label revision",
        "eclipse-temurin:25-jre-noble, eclipse-temurin:latest, is built from",
        "FROM ${JAVA} AS, FROM ubuntu AS, is built from",
    })
    void aMistakeIsNoticed(String right, String wrong, String fault) throws IOException {
        // given
        String path = "gateway-service/src/main/docker/Dockerfile.jvm";
        String text = Files.readString(Tool.ROOT.resolve(path));
        assertThat(text).contains(right);

        // when
        ContainerFile broken = ContainerFile.parse(path, text.replace(right, wrong));

        // then
        assertThat(broken.faults(ports("gateway-service"))).anyMatch(sentence -> sentence.contains(fault));
    }

    @Test
    void theServicesContainerFilesDifferInNamesAndPortsOnly() throws IOException {
        for (String kind : List.of("jvm", "native")) {
            // when
            Stream<String> texts = Cluster.SERVICES.stream().map(name -> shape(name, kind));

            // then
            assertThat(texts.distinct()).as(kind).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("containerFiles")
    void everyVariableOfAnImageIsOneThatTheServiceTakesAtRunTime(String path) {
        // given
        QuarkusSettings known = QuarkusSettings.of(path.substring(0, path.indexOf('/')));

        // when
        List<String> variables = ContainerFile.read(path).variables();

        // then
        assertThat(variables).contains("QUARKUS_HTTP_HOST").allMatch(known::knowsVariable);
    }

    @Test
    void anImageHasTheHeapThatIsSetInTheCluster() {
        Overlay.PRODUCTION.build().services().forEach(service -> {
            // when
            String place = MODULES.get(service.name()) + "/src/main/docker/Dockerfile.";
            String heap = ContainerFile.read(place + "jvm").heap();
            String natively = ContainerFile.read(place + "native").heap();

            // then
            assertThat(heap).isNotEmpty();
            assertThat(natively).as("native %s", service.name()).isEqualTo(heap);
            assertThat(service.variable("JDK_JAVA_OPTIONS").path("value").asText())
                    .as(service.name())
                    .contains(heap + " ");
        });
    }

    private static String shape(String name, String kind) {
        String module = MODULES.get(name);
        ContainerFile file = ContainerFile.read(module + "/src/main/docker/Dockerfile." + kind);
        return String.join("\n", file.instructions())
                .replaceAll("description=\"[^\"]*\"", "description")
                .replace(module, "MODULE")
                .replaceAll("\\b[89]08\\d\\b", "PORT")
                .replaceAll("-Xmx\\w+", "HEAP")
                // Only the Exchange servers are asked with Kerberos.
                .replace(", \"-Djava.security.krb5.conf=/etc/kerberos/krb5.conf\"", "")
                .replace(" -Djava.security.krb5.conf=/etc/kerberos/krb5.conf", "")
                .replaceAll("(Mailtrace |train-aot )" + name, "$1NAME");
    }

    static Set<Integer> ports(String module) {
        Properties settings = new Properties();
        try (var file = Files.newBufferedReader(
                Tool.ROOT.resolve(module).resolve("src/main/resources/application.properties"))) {
            settings.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Set.of(
                Integer.valueOf(settings.getProperty("quarkus.http.port")),
                Integer.valueOf(settings.getProperty("quarkus.management.port")));
    }
}
