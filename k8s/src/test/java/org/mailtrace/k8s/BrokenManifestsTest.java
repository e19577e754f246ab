package org.mailtrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule is seen to notice what it is there for. */
class BrokenManifestsTest {
    private static final String POD = "/spec/template/spec";
    private static final String SERVICE = POD + "/containers/0";

    /** What somebody may do to the manifests one day, and the rule that must notice. */
    record Mistake(String promise, Overlay overlay, String what, Consumer<Cluster> make) {
        @Override
        public String toString() {
            return what;
        }
    }

    static List<Mistake> mistakes() {
        return List.of(
                mistake(
                        "the namespace enforces Pod Security restricted",
                        "a lax namespace",
                        c -> in(c, "Namespace", "mailtrace", "/metadata/labels")
                                .put("pod-security.kubernetes.io/enforce", "baseline")),
                mistake(
                        "every pod keeps to Pod Security restricted",
                        "a pod as root",
                        c -> in(c, "Deployment", "exo", POD + "/securityContext")
                                .put("runAsUser", 0)),
                mistake(
                        "every pod keeps to Pod Security restricted",
                        "a host path",
                        c -> list(c, "Deployment", "exo", POD + "/volumes")
                                .addObject()
                                .put("name", "host")
                                .putObject("hostPath")
                                .put("path", "/")),
                mistake(
                        "every container keeps to Pod Security restricted",
                        "a capability kept",
                        c -> in(c, "Deployment", "gateway", SERVICE + "/securityContext/capabilities")
                                .remove("drop")),
                mistake(
                        "every container keeps to Pod Security restricted",
                        "escalation not forbidden",
                        c -> in(c, "Deployment", "gateway", SERVICE + "/securityContext")
                                .remove("allowPrivilegeEscalation")),
                mistake(
                        "no pod gets a token of the cluster",
                        "a token mounted",
                        c -> in(c, "Deployment", "exo", POD).remove("automountServiceAccountToken")),
                mistake(
                        "every image has a version or a digest, and it is not latest",
                        "latest",
                        c -> in(c, "Deployment", "exo", SERVICE)
                                .put("image", "registry.example:5000/mailtrace/exo:latest")),
                mistake(
                        "every image has a version or a digest, and it is not latest",
                        "no tag",
                        c -> in(c, "Deployment", "exo", SERVICE).put("image", "registry.example:5000/mailtrace/exo")),
                mistake(
                        "everything says what it is and what it belongs to",
                        "no label",
                        c -> in(c, "Deployment", "exo", "/spec/template/metadata/labels")
                                .remove("app.kubernetes.io/part-of")),
                mistake(
                        "each service has its deployment, service, account, settings and budget",
                        "a service forgotten",
                        c -> c.objects().remove(c.the("Service", "proofpoint"))),
                mistake(
                        "the ports are those of the service's own settings",
                        "another port",
                        c -> in(c, "Deployment", "exo", SERVICE + "/ports/0").put("containerPort", 8080)),
                mistake(
                        "three probes ask the management port",
                        "liveness that asks readiness",
                        c -> in(c, "Deployment", "exo", SERVICE + "/livenessProbe/httpGet")
                                .put("path", "/q/health/ready")),
                mistake(
                        "three probes ask the management port",
                        "a probe of the API",
                        c -> in(c, "Deployment", "exo", SERVICE + "/readinessProbe/httpGet")
                                .put("port", "http")),
                mistake(
                        "every container has requests and limits, and room beside the heap and on the node's disk",
                        "a pod that is evicted before its places are full",
                        c -> in(c, "Deployment", "exo", SERVICE + "/resources/limits")
                                .put("ephemeral-storage", "2Gi")),
                mistake(
                        "every container has requests and limits, and room beside the heap and on the node's disk",
                        "no limit",
                        c -> in(c, "Deployment", "exo", SERVICE + "/resources").remove("limits")),
                mistake(
                        "every container has requests and limits, and room beside the heap and on the node's disk",
                        "too large a heap",
                        c -> in(c, "Deployment", "exo", SERVICE + "/resources/limits")
                                .put("memory", "300Mi")),
                mistake(
                        "every container has requests and limits, and room beside the heap and on the node's disk",
                        "a limit of twice the heap, which is less than was measured",
                        c -> in(c, "Deployment", "exo", SERVICE + "/resources/limits")
                                .put("memory", "512Mi")),
                mistake(
                        "a pod outlives the longest answer before it is killed",
                        "too short a grace",
                        c -> in(c, "Deployment", "gateway", POD).put("terminationGracePeriodSeconds", 30)),
                mistake(
                        "a pod outlives the longest answer before it is killed",
                        "a longer deadline",
                        c -> settings(c, "gateway", "site.properties", "mailtrace.deadline=25s")),
                mistake(
                        "disruptions take one replica at a time",
                        "pods that are not ready keep their nodes",
                        c -> in(c, "PodDisruptionBudget", "exo", "/spec").remove("unhealthyPodEvictionPolicy")),
                mistake(
                        "disruptions take one replica at a time",
                        "all at once",
                        c -> in(c, "PodDisruptionBudget", "exo", "/spec").put("maxUnavailable", "100%")),
                mistake(
                        "a shared store scales, a file does not",
                        "no autoscaler",
                        c -> c.objects().remove(c.the("HorizontalPodAutoscaler", "exo"))),
                mistake(
                        "traces name the namespace that they come from",
                        "one namespace for all installations",
                        c -> ((ObjectNode) new Workload(c.the("Deployment", "exo"))
                                        .variable("QUARKUS_OTEL_RESOURCE_ATTRIBUTES"))
                                .put("value", "service.namespace=mailtrace")),
                mistake("traces name the namespace that they come from", "a namespace that is known too late", c -> {
                    ArrayNode variables = list(c, "Deployment", "exo", SERVICE + "/env");
                    JsonNode namespace = new Workload(c.the("Deployment", "exo")).variable("POD_NAMESPACE");
                    variables.removeIf(namespace::equals);
                    variables.add(namespace);
                }),
                new Mistake(
                        "who reads settings that another pod writes waits for them",
                        Overlay.DEMO,
                        "a start that fails until the file is there",
                        c -> in(c, "Deployment", "gateway", POD).remove("initContainers")),
                new Mistake(
                        "who reads settings that another pod writes waits for them",
                        Overlay.DEMO,
                        "another's file awaited",
                        c -> in(c, "Deployment", "gateway", POD + "/initContainers/0")
                                .set("command", at(c, "Deployment", "proofpoint", POD + "/initContainers/0/command"))),
                new Mistake(
                        "a shared store scales, a file does not",
                        Overlay.SINGLE,
                        "a file twice",
                        c -> in(c, "Deployment", "exo", "/spec").put("replicas", 2)),
                mistake(
                        "replicas of one service are spread over nodes and zones",
                        "not spread",
                        c -> in(c, "Deployment", "exo", POD).remove("topologySpreadConstraints")),
                mistake(
                        "no root file system can be written to",
                        "a writable root",
                        c -> in(c, "Deployment", "exo", SERVICE + "/securityContext")
                                .put("readOnlyRootFilesystem", false)),
                mistake(
                        "a service writes to three named places and nowhere else",
                        "a fourth place",
                        c -> list(c, "Deployment", "exo", SERVICE + "/volumeMounts")
                                .addObject()
                                .put("name", "data")
                                .put("mountPath", "/srv")),
                mistake(
                        "SQLite's library and temporary files have their place",
                        "no place for the library",
                        c -> options(c, "exo", " -Dorg.sqlite.tmpdir=/run/sqlite", "")),
                mistake(
                        "Kerberos finds its file, where there is one",
                        "a file that every site must have",
                        c -> Cluster.each(c.the("Deployment", "onprem-exchange").at(POD + "/volumes"))
                                .filter(volume -> volume.path("name").asText().equals("kerberos"))
                                .forEach(volume -> ((ObjectNode) volume.path("configMap")).remove("optional"))),
                mistake(
                        "Kerberos finds its file, where there is one",
                        "a file somewhere else",
                        c -> options(c, "onprem-exchange", "/etc/kerberos/", "/etc/")),
                mistake(
                        "every file of a service's settings lies where it may write",
                        "a file elsewhere",
                        c -> settings(c, "exo", "site.properties", "mailtrace.exo.store.file=data/exo.db")),
                mistake(
                        "memory for temporary places is bounded",
                        "an unbounded place",
                        c -> Cluster.each(c.the("Deployment", "exo").at(POD + "/volumes"))
                                .filter(volume -> volume.path("name").asText().equals("tmp"))
                                .forEach(volume -> ((ObjectNode) volume.path("emptyDir")).remove("sizeLimit"))),
                new Mistake(
                        "a file's volume outlives its pod",
                        Overlay.SINGLE,
                        "a shared disk",
                        c -> list(c, "PersistentVolumeClaim", "exo-data", "/spec/accessModes")
                                .removeAll()
                                .add("ReadWriteMany")),
                mistake(
                        "audit records outlive the pod that wrote them",
                        "audit records in the pod",
                        c -> Cluster.each(c.the("Deployment", "gateway").at(SERVICE + "/env"))
                                .filter(variable ->
                                        variable.path("name").asText().equals("MAILTRACE_AUDIT_FILE"))
                                .forEach(variable -> ((ObjectNode) variable).put("name", "MAILTRACE_AUDIT"))),
                mistake(
                        "nobody can write to the tracking logs",
                        "logs mounted for writing",
                        c -> Cluster.each(c.the("Deployment", "onprem-exchange").at(SERVICE + "/volumeMounts"))
                                .filter(mount -> mount.path("name").asText().equals("tracking-logs"))
                                .forEach(mount -> ((ObjectNode) mount).remove("readOnly"))),
                mistake(
                        "nobody can write to the tracking logs",
                        "a share for writing",
                        c -> list(c, "PersistentVolume", "mailtrace-tracking-logs", "/spec/mountOptions")
                                .remove(0)),
                mistake(
                        "what is not allowed is denied, both ways",
                        "no default",
                        c -> c.objects().remove(c.the("NetworkPolicy", "default-deny"))),
                mistake(
                        "each service hears whom it must, and nobody else",
                        "open to all",
                        c -> in(c, "NetworkPolicy", "exo", "/spec/ingress/0").remove("from")),
                mistake(
                        "each service reaches what it needs, and nothing else",
                        "a source asks another",
                        c -> list(c, "NetworkPolicy", "exo-vendor", "/spec/egress")
                                .addObject()
                                .putArray("to")
                                .addObject()
                                .putObject("podSelector")
                                .putObject("matchLabels")
                                .put("app.kubernetes.io/name", "proofpoint")),
                mistake(
                        "each service hears whom it must, and nobody else",
                        "no way in for Prometheus",
                        c -> c.objects().remove(c.the("NetworkPolicy", "metrics"))),
                mistake(
                        "each service hears whom it must, and nobody else",
                        "every pod of a namespace",
                        c -> in(c, "NetworkPolicy", "metrics", "/spec/ingress/0/from/0")
                                .remove("podSelector")),
                mistake(
                        "each service hears whom it must, and nobody else",
                        "no callers",
                        c -> c.objects().remove(c.the("NetworkPolicy", "callers"))),
                mistake(
                        "each service reaches what it needs, and nothing else",
                        "no names",
                        c -> c.objects().remove(c.the("NetworkPolicy", "names"))),
                mistake(
                        "each service reaches what it needs, and nothing else",
                        "names by TCP only",
                        c -> list(c, "NetworkPolicy", "names", "/spec/egress/0/ports")
                                .remove(0)),
                mistake(
                        "each service reaches what it needs, and nothing else",
                        "no database",
                        c -> c.objects().remove(c.the("NetworkPolicy", "database"))),
                mistake(
                        "each service reaches what it needs, and nothing else",
                        "no collector",
                        c -> c.objects().remove(c.the("NetworkPolicy", "traces"))),
                mistake(
                        "each service reaches what it needs, and nothing else",
                        "no issuer",
                        c -> c.objects().remove(c.the("NetworkPolicy", "identity-provider"))),
                mistake(
                        "each service reaches what it needs, and nothing else",
                        "call-backs that close the way to the sources",
                        c -> in(c, "NetworkPolicy", "gateway", "/spec").set("egress", Cluster.JSON.createArrayNode())),
                new Mistake(
                        "each service reaches what it needs, and nothing else",
                        Overlay.WITH_SITE_OPTIONS,
                        "Microsoft beside the proxy",
                        c -> list(c, "NetworkPolicy", "exo-vendor", "/spec/egress")
                                .add(Overlay.PRODUCTION
                                        .build()
                                        .the("NetworkPolicy", "exo-vendor")
                                        .at("/spec/egress/0"))),
                new Mistake(
                        "each service reaches what it needs, and nothing else",
                        Overlay.WITH_SITE_OPTIONS,
                        "an issuer beside the proxy",
                        c -> c.of("ConfigMap")
                                .forEach(map -> ((ObjectNode) map.path("data")).remove("issuer-proxy.properties"))),
                new Mistake(
                        "each service reaches what it needs, and nothing else",
                        Overlay.WITH_SITE_OPTIONS,
                        "a cluster of Proofpoint beside the proxy",
                        c -> settings(
                                c, "proofpoint", "proofpoint-proxy.properties", "quarkus.proxy.proofpoint.port=8080")),
                new Mistake(
                        "each service reaches what it needs, and nothing else",
                        Overlay.WITH_SITE_OPTIONS,
                        "a log stream that is not told of the proxy",
                        c -> options(c, "proofpoint", "JAVA_TOOL_OPTIONS", "-Dhttps.proxyPort=3128", "")),
                new Mistake(
                        "each service reaches what it needs, and nothing else",
                        Overlay.WITH_SITE_OPTIONS,
                        "another port of the proxy",
                        c -> options(c, "exo", "JAVA_TOOL_OPTIONS", "proxyPort=3128", "proxyPort=8080")),
                new Mistake(
                        "each service reaches what it needs, and nothing else",
                        Overlay.WITH_SITE_OPTIONS,
                        "a proxy that nobody is told of",
                        c -> options(c, "exo", "JAVA_TOOL_OPTIONS", "-Dhttps.proxyPort=3128", "")),
                new Mistake(
                        "a process without memory ends, to be started anew",
                        Overlay.WITH_SITE_OPTIONS,
                        "a proxy in place of the options of the base",
                        c -> ((ObjectNode) new Workload(c.the("Deployment", "exo")).variable("JDK_JAVA_OPTIONS"))
                                .put("value", "-Dhttps.proxyHost=proxy.rivercounty.example")),
                mistake(
                        "links are as the caller's proxy says, and nobody else is believed",
                        "links of http",
                        c -> settings(
                                c, "gateway", "site.properties", "quarkus.http.proxy.proxy-address-forwarding=false")),
                mistake(
                        "links are as the caller's proxy says, and nobody else is believed",
                        "everybody believed",
                        c -> settings(c, "gateway", "site.properties", "quarkus.http.proxy.trusted-proxies=0.0.0.0/0")),
                mistake(
                        "a start may take half an hour",
                        "a migration cut off",
                        c -> in(c, "Deployment", "exo", SERVICE + "/startupProbe")
                                .put("failureThreshold", 60)),
                mistake(
                        "a start may take half an hour",
                        "a migration that is called a failed roll-out",
                        c -> in(c, "Deployment", "exo", "/spec").put("progressDeadlineSeconds", 600)),
                mistake(
                        "a process without memory ends, to be started anew",
                        "a process that lingers",
                        c -> options(c, "exo", "-XX:+ExitOnOutOfMemoryError ", "")),
                mistake(
                        "the gateway's heap holds a report that is concluded, and half as much again",
                        "a heap for questions only",
                        c -> options(c, "gateway", "-Xmx512m", "-Xmx256m")),
                mistake(
                        "the gateway's heap holds a report that is concluded, and half as much again",
                        "larger reports",
                        c -> settings(c, "gateway", "site.properties", "mailtrace.reports.max-bytes=60000000")),
                new Mistake(
                        "the index of tracking logs fits its volume",
                        Overlay.SINGLE,
                        "a year on a small disk",
                        c -> settings(c, "onprem-exchange", "size.properties", "mailtrace.onprem.retention=400d")),
                new Mistake(
                        "the index of tracking logs fits its volume",
                        Overlay.SINGLE,
                        "a smaller disk",
                        c -> in(c, "PersistentVolumeClaim", "onprem-exchange-data", "/spec/resources/requests")
                                .put("storage", "50Gi")),
                mistake(
                        "the index of tracking logs fits its volume",
                        "kept for ever",
                        c -> settings(c, "onprem-exchange", "size.properties", "mailtrace.onprem.retention=0s")),
                mistake(
                        "files of historical searches outlive their pod",
                        "historical searches of many pods",
                        c -> settings(c, "exo", "site.properties", "mailtrace.exo.report.thorough=historical-search")),
                new Mistake(
                        "files of historical searches outlive their pod",
                        Overlay.HISTORICAL_SEARCH,
                        "files in the pod",
                        c -> Cluster.each(c.the("Deployment", "exo").at(POD + "/volumes"))
                                .filter(volume -> volume.path("name").asText().equals("data"))
                                .forEach(volume -> ((ObjectNode) volume).remove("persistentVolumeClaim"))),
                new Mistake(
                        "each service has its deployment, service, account, settings and budget",
                        Overlay.WITHOUT_PROOFPOINT,
                        "a service that nobody asks",
                        c -> c.objects()
                                .addAll(Overlay.SINGLE
                                        .build()
                                        .of("Service", "proofpoint")
                                        .toList())),
                mistake(
                        "addresses outside are the vendor's, the issuer's and the database's",
                        "call-backs of somebody else",
                        c -> {
                            ObjectNode policy = in(c, "NetworkPolicy", "callbacks", "/spec");
                            policy.remove("podSelector");
                            policy.putArray("egress")
                                    .addObject()
                                    .putArray("to")
                                    .addObject()
                                    .putObject("ipBlock")
                                    .put("cidr", "203.0.113.64/32");
                        }),
                mistake(
                        "addresses outside are the vendor's, the issuer's and the database's",
                        "the Internet",
                        c -> in(c, "NetworkPolicy", "exo-vendor", "/spec/egress/0/to/0/ipBlock")
                                .put("cidr", "0.0.0.0/0")),
                mistake(
                        "addresses outside are the vendor's, the issuer's and the database's",
                        "a shared way",
                        c -> in(c, "NetworkPolicy", "exo-vendor", "/spec/podSelector")
                                .remove("matchLabels")),
                mistake(
                        "the ingress has TLS for every host and leads to the gateway's API",
                        "no TLS",
                        c -> in(c, "Ingress", "gateway", "/spec").remove("tls")),
                mistake(
                        "no service is opened to the outside beside the ingress",
                        "a node port",
                        c -> in(c, "Service", "exo", "/spec").put("type", "NodePort")),
                mistake(
                        "no secret's value is in the manifests, but for the demonstration's",
                        "a secret",
                        c -> c.objects().add(Cluster.JSON.createObjectNode().put("kind", "Secret"))),
                mistake(
                        "variables take secrets by reference",
                        "a password written down",
                        c -> list(c, "Deployment", "exo", SERVICE + "/env")
                                .addObject()
                                .put("name", "MAILTRACE_EXO_CLIENT_SECRET")
                                .put("value", "s3cret")),
                mistake(
                        "settings hold no secret",
                        "a secret among the settings",
                        c -> settings(c, "exo", "site.properties", "mailtrace.exo.client-secret=s3cret")));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsNoticedByItsRule(Mistake mistake) {
        // given
        Cluster cluster = mistake.overlay().build();
        Rule rule = Rule.all()
                .filter(each -> each.promise().equals(mistake.promise()))
                .findFirst()
                .orElseThrow();

        // when
        mistake.make().accept(cluster);

        // then
        assertThat(rule.broken().apply(cluster)).isNotEmpty();
    }

    @Test
    void noRuleIsWithoutAMistakeThatItNotices() {
        // when
        Set<String> rules = Rule.all().map(Rule::promise).collect(Collectors.toCollection(TreeSet::new));

        // then
        assertThat(mistakes().stream().map(Mistake::promise)).containsAll(rules);
    }

    private static Mistake mistake(String promise, String what, Consumer<Cluster> make) {
        return new Mistake(promise, Overlay.PRODUCTION, what, make);
    }

    private static ObjectNode in(Cluster cluster, String kind, String name, String pointer) {
        return (ObjectNode) at(cluster, kind, name, pointer);
    }

    private static ArrayNode list(Cluster cluster, String kind, String name, String pointer) {
        return (ArrayNode) at(cluster, kind, name, pointer);
    }

    private static JsonNode at(Cluster cluster, String kind, String name, String pointer) {
        JsonNode found = cluster.the(kind, name).at(pointer);
        assertThat(found.isMissingNode())
                .as("%s/%s%s is there", kind, name, pointer)
                .isFalse();
        return found;
    }

    private static void options(Cluster cluster, String service, String right, String wrong) {
        options(cluster, service, "JDK_JAVA_OPTIONS", right, wrong);
    }

    private static void options(Cluster cluster, String service, String name, String right, String wrong) {
        ObjectNode variable = (ObjectNode) new Workload(cluster.the("Deployment", service)).variable(name);
        String options = variable.path("value").asText();
        assertThat(options).contains(right);
        variable.put("value", options.replace(right, wrong));
    }

    private static void settings(Cluster cluster, String service, String file, String line) {
        Workload workload = new Workload(cluster.the("Deployment", service));
        String map = workload.volume("config").at("/configMap/name").asText();
        ObjectNode data = in(cluster, "ConfigMap", map, "/data");
        data.put(file, data.path(file).asText() + "\n" + line + "\n");
    }
}
