package org.mailtrace.k8s;

import static org.mailtrace.k8s.Rule.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Stream;

/** What a pod may do. */
final class PodRules {
    private static final Set<String> VOLUMES =
            Set.of("configMap", "secret", "emptyDir", "projected", "persistentVolumeClaim");

    private PodRules() {}

    static Stream<Rule> all() {
        return Stream.of(
                new Rule("the namespace enforces Pod Security restricted", PodRules::namespace),
                new Rule("every pod keeps to Pod Security restricted", PodRules::restricted),
                new Rule("every container keeps to Pod Security restricted", PodRules::restrictedContainers),
                new Rule("no pod gets a token of the cluster", PodRules::token),
                new Rule("every image has a version or a digest, and it is not latest", PodRules::images),
                new Rule("everything says what it is and what it belongs to", PodRules::labels));
    }

    private static Stream<String> namespace(Cluster cluster) {
        return cluster.of("Namespace")
                .flatMap(each -> unless(
                        each.path("metadata")
                                .path("labels")
                                .path("pod-security.kubernetes.io/enforce")
                                .asText()
                                .equals("restricted"),
                        "the namespace does not enforce it"));
    }

    private static Stream<String> restricted(Cluster cluster) {
        return cluster.workloads().flatMap(each -> {
            JsonNode pod = each.pod();
            JsonNode context = pod.path("securityContext");
            return Stream.of(
                            unless(context.path("runAsNonRoot").asBoolean(), " may run as root"),
                            unless(context.path("runAsUser").asInt() > 0, " names no numeric user"),
                            unless(
                                    context.path("seccompProfile")
                                            .path("type")
                                            .asText()
                                            .equals("RuntimeDefault"),
                                    " has no seccomp profile"),
                            Stream.of("hostNetwork", "hostPID", "hostIPC")
                                    .flatMap(host -> unless(!pod.path(host).asBoolean(), " shares " + host)),
                            Cluster.each(pod.path("volumes"))
                                    .flatMap(volume -> unless(
                                            volume.propertyStream()
                                                    .map(property -> property.getKey())
                                                    .filter(key -> !key.equals("name"))
                                                    .allMatch(VOLUMES::contains),
                                            " has a volume of a forbidden kind: " + volume)))
                    .flatMap(sentences -> sentences)
                    .map(sentence -> each.name() + sentence);
        });
    }

    private static Stream<String> restrictedContainers(Cluster cluster) {
        return cluster.workloads()
                .flatMap(each -> each.containers().flatMap(container -> {
                    JsonNode context = container.path("securityContext");
                    JsonNode capabilities = context.path("capabilities");
                    boolean kept = !context.path("allowPrivilegeEscalation").asBoolean(true)
                            && !context.path("privileged").asBoolean()
                            && Cluster.words(capabilities.path("drop")).anyMatch("ALL"::equals)
                            && capabilities.path("add").isEmpty()
                            && Cluster.each(container.path("ports")).noneMatch(port -> port.has("hostPort"));
                    return unless(
                            kept,
                            each.name() + "/" + Cluster.name(container)
                                    + container.path("name").asText());
                }));
    }

    private static Stream<String> token(Cluster cluster) {
        Stream<String> pods = cluster.workloads()
                .flatMap(each -> unless(
                        !each.pod().path("automountServiceAccountToken").asBoolean(true),
                        each.name() + " has a token mounted"));
        Stream<String> accounts = cluster.present().stream()
                .flatMap(name -> unless(
                        cluster.of("ServiceAccount", name)
                                        .anyMatch(account -> !account.path("automountServiceAccountToken")
                                                .asBoolean(true))
                                && cluster.of("Deployment", name)
                                        .anyMatch(each -> new Workload(each)
                                                .pod()
                                                .path("serviceAccountName")
                                                .asText()
                                                .equals(name)),
                        name + " has no account of its own without a token"));
        return Stream.concat(pods, accounts);
    }

    private static Stream<String> images(Cluster cluster) {
        return cluster.workloads()
                .flatMap(each -> each.containers()
                        .map(container -> container.path("image").asText()))
                .flatMap(image -> {
                    String name = image.substring(image.lastIndexOf('/') + 1);
                    boolean pinned = name.contains("@sha256:") || (name.contains(":") && !name.endsWith(":latest"));
                    return unless(pinned, image + " names no version");
                });
    }

    private static Stream<String> labels(Cluster cluster) {
        return cluster.workloads()
                .flatMap(each -> unless(
                        each.labels().path("app.kubernetes.io/name").asText().equals(each.name())
                                && each.labels()
                                        .path("app.kubernetes.io/part-of")
                                        .asText()
                                        .startsWith("mailtrace"),
                        each.name() + " is not labelled"));
    }
}
