package org.mailtrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every object against the Kubernetes schemas, which the npm package kubernetes-models carries for use without a cluster. */
class SchemaTest {
    private static final Path WORK = Tool.ROOT.resolve("k8s/target/schemas");
    private static final Tool NODE = new Tool("node", "install Node.js 20 or later, for example the package nodejs.");
    private static final Tool NPM = new Tool("npm", "install npm, for example the package npm.");

    @BeforeAll
    static void fetchTheSchemas() throws IOException {
        String schemas = "kubernetes-models@" + System.getProperty("kubernetes-models");
        assumeThat(NODE.isThere()).as(NODE.missing()).isTrue();
        assumeThat(NPM.isThere()).as(NPM.missing()).isTrue();
        Path fetched = WORK.resolve(schemas);
        if (!Files.exists(fetched)) {
            Files.createDirectories(WORK);
            Tool.Result result =
                    NPM.run("install", "--prefix", WORK, "--no-audit", "--no-fund", "--ignore-scripts", schemas);
            assumeThat(result.succeeded())
                    .as("npm could not fetch %s, so the schemas are not checked here: %s", schemas, result.errors())
                    .isTrue();
            Files.createFile(fetched);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyObjectIsValid(Overlay overlay) throws IOException {
        // when
        List<String> faults = faults(overlay.build(), overlay.name());

        // then
        assertThat(faults).isEmpty();
    }

    @Test
    void anObjectThatKubernetesWouldRefuseIsNoticed() throws IOException {
        // given
        Cluster cluster = Overlay.PRODUCTION.build();
        ((ObjectNode) cluster.the("Deployment", "exo").path("spec")).put("replicas", "one");
        cluster.the("Service", "exo").put("kind", "Sevice");
        ((ObjectNode) cluster.the("ServiceMonitor", "mailtrace").path("spec")).remove("endpoints");

        // when
        List<String> faults = faults(cluster, "broken");

        // then
        assertThat(faults).hasSize(3);
        assertThat(faults).anyMatch(fault -> fault.startsWith("Deployment/exo: "));
        assertThat(faults).anyMatch(fault -> fault.startsWith("Sevice/exo: "));
        assertThat(faults).anyMatch(fault -> fault.startsWith("ServiceMonitor/mailtrace: "));
    }

    @ParameterizedTest
    @CsvSource({
        "Deployment, exo, /spec/template/spec/containers/0, readinesProbe",
        "Deployment, exo, /spec/template/spec/containers/0/resources, limit",
        "Deployment, exo, /spec/template/spec, terminationGracePeriod",
        "Deployment, exo, /spec, replica",
        "NetworkPolicy, exo-vendor, /spec/egress/0, port",
        "PodDisruptionBudget, exo, '', specs",
    })
    void aFieldThatKubernetesDoesNotKnowIsNoticed(String kind, String name, String at, String field)
            throws IOException {
        // given
        Cluster cluster = Overlay.PRODUCTION.build();
        ObjectNode object = (ObjectNode) cluster.the(kind, name).at(at);
        object.putObject(field).put("anything", 1);

        // when
        List<String> faults = faults(cluster, "misspelt");

        // then
        assertThat(faults).containsExactly(kind + "/" + name + ": Kubernetes knows no " + at + "/" + field);
    }

    private static List<String> faults(Cluster cluster, String name) throws IOException {
        Path objects = WORK.resolve(name + ".json");
        Files.writeString(objects, Cluster.JSON.writeValueAsString(cluster.objects()));
        Path program = Tool.ROOT.resolve("k8s/src/test/resources/validate.mjs");
        Tool.Result result = NODE.run(program, WORK.resolve("node_modules"), objects);
        assertThat(result.exitCode()).as(result.errors()).isZero();
        JsonNode verdict = Cluster.JSON.readTree(result.output());
        assertThat(verdict.path("checked").asInt()).isEqualTo(cluster.objects().size());
        return Cluster.words(verdict.path("faults")).toList();
    }
}
