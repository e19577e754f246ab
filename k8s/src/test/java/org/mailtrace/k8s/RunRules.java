package org.mailtrace.k8s;

import static org.mailtrace.k8s.Rule.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a service starts, is watched, is spread, and ends. */
final class RunRules {
    private static final Map<String, String> PROBES = Map.of(
            "startupProbe", "/q/health/started",
            "livenessProbe", "/q/health/live",
            "readinessProbe", "/q/health/ready");

    /** What rows take as objects, against their JSON, at most of what was measured: see docs/operations/sizing.md. */
    private static final long OBJECTS_AGAINST_JSON = 6;

    /** What a service was measured to hold beside its heap, at most: 538 MB with a heap of 256 MB, see docs/operations/sizing.md. */
    private static final long BESIDE_THE_HEAP_MEGABYTES = 282;

    /** What a node keeps of a container's log lines by default: five files of 10 MB. */
    private static final long LOG_LINES_MEGABYTES = 50;

    private RunRules() {}

    static Stream<Rule> all() {
        return Stream.of(
                new Rule("each service has its deployment, service, account, settings and budget", RunRules::complete),
                new Rule("the ports are those of the service's own settings", RunRules::ports),
                new Rule("three probes ask the management port", RunRules::probes),
                new Rule("a start may take half an hour", RunRules::start),
                new Rule("a process without memory ends, to be started anew", RunRules::memory),
                new Rule(
                        "the gateway's heap holds a report that is concluded, and half as much again",
                        RunRules::reports),
                new Rule(
                        "every container has requests and limits, and room beside the heap and on the node's disk",
                        RunRules::resources),
                new Rule("a pod outlives the longest answer before it is killed", RunRules::grace),
                new Rule("disruptions take one replica at a time", RunRules::budgets),
                new Rule("a shared store scales, a file does not", RunRules::scaling),
                new Rule("replicas of one service are spread over nodes and zones", RunRules::spread),
                new Rule("traces name the namespace that they come from", RunRules::traced),
                new Rule("who reads settings that another pod writes waits for them", RunRules::awaited));
    }

    private static Stream<String> complete(Cluster cluster) {
        List<String> present = cluster.present();
        return Cluster.SERVICES.stream()
                .flatMap(name -> Stream.of("Deployment", "Service", "ServiceAccount", "PodDisruptionBudget")
                        .flatMap(kind -> unless(
                                cluster.of(kind, name).count() == (present.contains(name) ? 1 : 0),
                                "there is not one " + kind + " for " + name + ", or one too many")));
    }

    /** A new version migrates what an old one kept, and begins again when it is cut off. */
    private static Stream<String> start(Cluster cluster) {
        return cluster.services().flatMap(each -> {
            JsonNode probe = each.service().path("startupProbe");
            long allowed = probe.path("periodSeconds").asLong(10)
                    * probe.path("failureThreshold").asLong(3);
            long patience = each.deployment()
                    .path("spec")
                    .path("progressDeadlineSeconds")
                    .asLong(600);
            return Stream.concat(
                    unless(allowed >= 1800, each.name() + " is given " + allowed + " s to start"),
                    unless(
                            patience > allowed,
                            each.name() + "'s roll-out is called failed after " + patience
                                    + " s, before a start is given up"));
        });
    }

    private static Stream<String> memory(Cluster cluster) {
        return cluster.services()
                .flatMap(each -> unless(
                        options(each).contains(" -XX:+ExitOnOutOfMemoryError "),
                        each.name() + " goes on without memory"));
    }

    private static Stream<String> reports(Cluster cluster) {
        Workload gateway = new Workload(cluster.the("Deployment", "gateway"));
        Properties settings = cluster.settings(gateway);
        // One is concluded at a time, however many workers there are.
        long json = Long.parseLong(settings.getProperty("mailtrace.reports.max-bytes"))
                * (cluster.present().size() - 1);
        long heap = heapMegabytes(gateway) * 1_048_576L;
        return unless(
                2 * heap >= 3 * json * OBJECTS_AGAINST_JSON,
                "a report holds up to " + json + " bytes of JSON as objects in a heap of " + heap);
    }

    private static String options(Workload service) {
        return " " + service.variable("JDK_JAVA_OPTIONS").path("value").asText() + " ";
    }

    private static int heapMegabytes(Workload service) {
        Matcher heap = Pattern.compile("-Xmx(\\d+)m ").matcher(options(service));
        return heap.find() ? Integer.parseInt(heap.group(1)) : Integer.MAX_VALUE;
    }

    static long megabytes(String quantity) {
        long number = Long.parseLong(quantity.replaceAll("\\D", ""));
        return quantity.endsWith("Gi") ? number * 1024 : number;
    }

    private static Stream<String> ports(Cluster cluster) {
        return cluster.services().flatMap(each -> {
            Properties settings = cluster.settings(each);
            Set<Integer> meant = Set.of(
                    Integer.parseInt(settings.getProperty("quarkus.http.port")),
                    Integer.parseInt(settings.getProperty("quarkus.management.port")));
            Set<Integer> opened = Cluster.each(each.service().path("ports"))
                    .map(port -> port.path("containerPort").asInt())
                    .collect(Collectors.toSet());
            Set<Integer> served = Cluster.each(
                            cluster.the("Service", each.name()).path("spec").path("ports"))
                    .map(port -> port.path("port").asInt())
                    .collect(Collectors.toSet());
            return unless(
                    opened.equals(meant)
                            && served.equals(meant)
                            && each.port("management").path("containerPort").asInt()
                                    == Integer.parseInt(settings.getProperty("quarkus.management.port")),
                    each.name() + " listens on " + meant + ", opened are " + opened + ", served " + served);
        });
    }

    private static Stream<String> probes(Cluster cluster) {
        return cluster.services()
                .flatMap(each -> PROBES.entrySet().stream().flatMap(probe -> {
                    JsonNode get = each.service().path(probe.getKey()).path("httpGet");
                    return unless(
                            get.path("path").asText().equals(probe.getValue())
                                    && get.path("port").asText().equals("management"),
                            each.name() + " has no " + probe.getKey() + " at " + probe.getValue());
                }));
    }

    private static Stream<String> resources(Cluster cluster) {
        Stream<String> bounds = cluster.workloads()
                .flatMap(each -> each.containers()
                        .flatMap(container -> unless(
                                Stream.of("requests", "limits")
                                        .allMatch(kind -> container
                                                        .at("/resources/" + kind)
                                                        .has("cpu")
                                                && container
                                                        .at("/resources/" + kind)
                                                        .has("memory")),
                                each.name() + " has a container without requests or limits")));
        Stream<String> heaps = cluster.services().flatMap(each -> {
            long limit = megabytes(each.service().at("/resources/limits/memory").asText("0Mi"));
            return unless(
                    2L * heapMegabytes(each) <= limit && heapMegabytes(each) + BESIDE_THE_HEAP_MEGABYTES <= limit,
                    each.name() + " has too little room beside its heap, or one of no size");
        });
        Stream<String> disks = cluster.services().flatMap(each -> {
            long places = Cluster.each(each.pod().path("volumes"))
                    .mapToLong(
                            volume -> megabytes(volume.at("/emptyDir/sizeLimit").asText("0Mi")))
                    .sum();
            long limit = megabytes(
                    each.service().at("/resources/limits/ephemeral-storage").asText("0Mi"));
            return unless(
                    limit >= places + LOG_LINES_MEGABYTES
                            && each.service().at("/resources/requests").has("ephemeral-storage"),
                    each.name() + " may use " + limit + " MiB of its node's disk, and may fill places of " + places);
        });
        return Stream.of(bounds, heaps, disks).flatMap(each -> each);
    }

    private static Stream<String> grace(Cluster cluster) {
        return cluster.services().flatMap(each -> {
            Properties settings = cluster.settings(each);
            Duration drain = seconds(settings.getProperty("quarkus.shutdown.timeout", "0s"));
            Duration deadline = seconds(cluster.settings(new Workload(cluster.the("Deployment", "gateway")))
                    .getProperty("mailtrace.deadline"));
            Duration before = Duration.ofSeconds(
                    each.service().at("/lifecycle/preStop/sleep/seconds").asLong(0));
            Duration grace = Duration.ofSeconds(
                    each.pod().path("terminationGracePeriodSeconds").asLong(30));
            return unless(
                    drain.compareTo(deadline) > 0
                            && before.isPositive()
                            && grace.compareTo(before.plus(drain).plusSeconds(10)) >= 0,
                    each.name() + " is killed after " + grace.toSeconds() + " s, but needs " + before.toSeconds()
                            + " s and up to " + drain.toSeconds() + " s for answers of " + deadline.toSeconds() + " s");
        });
    }

    static Duration seconds(String setting) {
        return Duration.parse("PT" + setting.toUpperCase(java.util.Locale.ROOT));
    }

    private static Stream<String> budgets(Cluster cluster) {
        return cluster.present().stream()
                .flatMap(name -> cluster.of("PodDisruptionBudget", name))
                .flatMap(each -> unless(
                        each.at("/spec/maxUnavailable").asInt() == 1
                                && each.at("/spec/unhealthyPodEvictionPolicy")
                                        .asText()
                                        .equals("AlwaysAllow")
                                && each.at("/spec/selector/matchLabels/app.kubernetes.io~1name")
                                        .asText()
                                        .equals(Cluster.name(each)),
                        Cluster.name(each) + " has another budget"));
    }

    private static Stream<String> scaling(Cluster cluster) {
        return cluster.services().flatMap(each -> {
            boolean shared = each.shares() && !StorageRules.searchesHistorically(cluster, each);
            boolean scaled = cluster.of("HorizontalPodAutoscaler", each.name())
                    .anyMatch(scaler -> scaler.at("/spec/minReplicas").asInt() >= 2
                            && scaler.at("/spec/scaleTargetRef/name").asText().equals(each.name()));
            boolean alone = each.deployment().at("/spec/replicas").asInt() == 1
                    && each.deployment().at("/spec/strategy/type").asText().equals("Recreate")
                    && cluster.of("HorizontalPodAutoscaler", each.name())
                            .findAny()
                            .isEmpty();
            return unless(
                    shared ? scaled && !each.deployment().path("spec").has("replicas") : alone,
                    each.name() + (shared ? " is not scaled by an autoscaler" : " keeps a file and may run twice"));
        });
    }

    private static Stream<String> spread(Cluster cluster) {
        return cluster.services()
                .flatMap(each -> Stream.of("kubernetes.io/hostname", "topology.kubernetes.io/zone")
                        .flatMap(key -> unless(
                                Cluster.each(each.pod().path("topologySpreadConstraints"))
                                        .anyMatch(constraint -> constraint
                                                        .path("topologyKey")
                                                        .asText()
                                                        .equals(key)
                                                && Cluster.words(constraint.path("matchLabelKeys"))
                                                        .anyMatch("app.kubernetes.io/name"::equals)
                                                && constraint
                                                        .at("/labelSelector/matchLabels")
                                                        .propertyStream()
                                                        .allMatch(label -> label.getValue()
                                                                .equals(each.labels()
                                                                        .path(label.getKey())))),
                                each.name() + " is not spread by " + key)));
    }

    /** A variable is put into another one only where it stands before it. */
    private static Stream<String> traced(Cluster cluster) {
        return cluster.services()
                .filter(each -> each.variable("QUARKUS_OTEL_SDK_DISABLED")
                        .path("value")
                        .asText()
                        .equals("false"))
                .flatMap(each -> {
                    List<String> names = Cluster.each(each.service().path("env"))
                            .map(variable -> variable.path("name").asText())
                            .toList();
                    int namespace = names.indexOf("POD_NAMESPACE");
                    return unless(
                            each.variable("POD_NAMESPACE")
                                            .at("/valueFrom/fieldRef/fieldPath")
                                            .asText()
                                            .equals("metadata.namespace")
                                    && namespace < names.indexOf("QUARKUS_OTEL_RESOURCE_ATTRIBUTES")
                                    && List.of(each.variable("QUARKUS_OTEL_RESOURCE_ATTRIBUTES")
                                                    .path("value")
                                                    .asText()
                                                    .split(","))
                                            .contains("service.namespace=$(POD_NAMESPACE)"),
                            each.name() + " sends traces that do not say which installation they are of");
                });
    }

    /** In its own image, because that one is there anyway. A container beside the service writes before it starts. */
    private static Stream<String> awaited(Cluster cluster) {
        return cluster.services()
                .flatMap(each -> Stream.of(each.variable("QUARKUS_CONFIG_LOCATIONS")
                                .path("value")
                                .asText()
                                .split(","))
                        .filter(file -> !file.endsWith("/"))
                        .flatMap(file -> unless(
                                Workload.named(each.pod().path("initContainers"), "stand-ins")
                                                .has("startupProbe")
                                        || Cluster.each(each.pod().path("initContainers"))
                                                .anyMatch(container -> container
                                                                .path("image")
                                                                .equals(each.service()
                                                                        .path("image"))
                                                        && container
                                                                .path("command")
                                                                .toString()
                                                                .contains("test -s " + file + ";")
                                                        && Cluster.each(container.path("volumeMounts"))
                                                                .anyMatch(
                                                                        mount -> file.startsWith(mount.path("mountPath")
                                                                                                .asText()
                                                                                        + "/")
                                                                                && mount.path("readOnly")
                                                                                        .asBoolean())),
                                each.name() + " starts before " + file + " is there")));
    }
}
