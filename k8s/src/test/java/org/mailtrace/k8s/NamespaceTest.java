package org.mailtrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An installation elsewhere than in the namespace mailtrace, or two in one cluster: an administrator changes one line. */
class NamespaceTest {
    private static final String SYSTEM_TAKEN_OUT = "- ../../components/without-onprem-exchange";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"SINGLE", "PRODUCTION"})
    void everythingIsInTheNamespaceThatTheOverlayNames(Overlay overlay) throws IOException {
        // when
        Cluster cluster = changed(overlay, "(?m)^namespace: mailtrace$", "namespace: trace-test");

        // then
        assertThat(cluster.objects().stream().flatMap(object -> object.findValuesAsText("namespace").stream()))
                .hasSizeGreaterThan(20)
                .containsOnly("trace-test");
        assertThat(cluster.of("Namespace").map(Cluster::name)).containsExactly("trace-test");
        assertThat(cluster.of("PrometheusRule")
                        .flatMap(object -> object.findValuesAsText("expr").stream())
                        .filter(expression -> expression.startsWith("absent(")))
                .allMatch(expression -> expression.endsWith(",namespace=\"trace-test\"})"));
    }

    @ParameterizedTest
    @EnumSource(names = {"SINGLE", "PRODUCTION"})
    void whatIsTheWholeClustersHasANameOfItsOwn(Overlay overlay) throws IOException {
        // given
        Cluster first = overlay.build();

        // when
        Cluster second = changed(overlay, "(?m)^namespace: mailtrace$", "namespace: trace-test");

        // then
        JsonNode volume = second.of("PersistentVolume").findFirst().orElseThrow();
        assertThat(List.of(
                        Cluster.name(volume),
                        volume.at("/spec/csi/volumeHandle").asText()))
                .containsOnly("trace-test-tracking-logs");
        assertThat(second.the("PersistentVolumeClaim", "tracking-logs")
                        .at("/spec/volumeName")
                        .asText())
                .isEqualTo("trace-test-tracking-logs");
        assertThat(ofTheCluster(second)).doesNotContainAnyElementsOf(ofTheCluster(first));
    }

    @Test
    void aSiteWithoutTrackingLogsHasNoVolumeThatWouldHaveToBeNamed() throws IOException {
        // when
        Cluster cluster = changed(Overlay.PRODUCTION, "# " + SYSTEM_TAKEN_OUT, SYSTEM_TAKEN_OUT);

        // then
        assertThat(cluster.of("PersistentVolume")).isEmpty();
        assertThat(cluster.of("PrometheusRule")).hasSize(4);
    }

    /** Kinds without a namespace. */
    private static List<String> ofTheCluster(Cluster cluster) {
        return cluster.objects().stream()
                .filter(object -> object.at("/metadata/namespace").isMissingNode())
                .map(object -> object.path("kind").asText() + " " + Cluster.name(object))
                .toList();
    }

    /** A copy of the manifests in which one line of the overlay is another one. */
    private Cluster changed(Overlay overlay, String line, String other) throws IOException {
        // Skips the test where there is no kubectl.
        overlay.build();
        for (String part : List.of("base", "components", "overlays", "site")) {
            copy(Tool.ROOT.resolve("k8s").resolve(part), folder.resolve("k8s").resolve(part));
        }
        Path file = folder.resolve(overlay.folder()).resolve("kustomization.yaml");
        String text = Files.readString(file);
        String changed = text.replaceAll(line, other);
        assertThat(changed).isNotEqualTo(text);
        Files.writeString(file, changed);
        return Cluster.parse(Overlay.kustomize(folder.resolve(overlay.folder()).toString()));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            all.forEach(each -> {
                try {
                    Files.createDirectories(to);
                    if (!each.equals(from)) {
                        Files.copy(each, to.resolve(from.relativize(each).toString()));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
