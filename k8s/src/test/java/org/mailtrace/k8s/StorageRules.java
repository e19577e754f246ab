package org.mailtrace.k8s;

import static org.mailtrace.k8s.Rule.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a service may write, and where it never may. */
final class StorageRules {
    private static final Set<String> WRITABLE = Set.of("/var/lib/mailtrace", "/run/sqlite", "/tmp");

    /** A place of its own, where several gateways share a store but no disk. */
    private static final String AUDIT = "/var/lib/mailtrace-audit";

    /** Bytes of index for a county's day, with a tenth on top: 250,000 messages (docs/operations/sizing.md). */
    private static final long INDEX_OF_A_DAY = 473_000_000;

    private StorageRules() {}

    static Stream<Rule> all() {
        return Stream.of(
                new Rule("no root file system can be written to", StorageRules::readOnlyRoot),
                new Rule("a service writes to three named places and nowhere else", StorageRules::places),
                new Rule("SQLite's library and temporary files have their place", StorageRules::options),
                new Rule("Kerberos finds its file, where there is one", StorageRules::kerberos),
                new Rule("every file of a service's settings lies where it may write", StorageRules::files),
                new Rule("memory for temporary places is bounded", StorageRules::bounded),
                new Rule("a file's volume outlives its pod", StorageRules::durable),
                new Rule("the index of tracking logs fits its volume", StorageRules::fits),
                new Rule("files of historical searches outlive their pod", StorageRules::historical),
                new Rule("audit records outlive the pod that wrote them", StorageRules::audited),
                new Rule("nobody can write to the tracking logs", StorageRules::trackingLogs));
    }

    private static Stream<String> readOnlyRoot(Cluster cluster) {
        return cluster.workloads()
                .flatMap(each -> each.containers()
                        .flatMap(container -> unless(
                                container
                                        .at("/securityContext/readOnlyRootFilesystem")
                                        .asBoolean(),
                                each.name() + "/" + container.path("name").asText() + " may write to its root")));
    }

    private static Stream<String> places(Cluster cluster) {
        return cluster.services().flatMap(each -> {
            Set<String> places = Cluster.each(each.service().path("volumeMounts"))
                    .filter(mount -> !mount.path("readOnly").asBoolean())
                    .map(mount -> mount.path("mountPath").asText())
                    .collect(Collectors.toSet());
            if (each.name().equals("gateway")) {
                places.remove(AUDIT);
            }
            return unless(places.equals(WRITABLE), each.name() + " may write to " + places);
        });
    }

    private static Stream<String> options(Cluster cluster) {
        return cluster.services().flatMap(each -> {
            String options = each.variable("JDK_JAVA_OPTIONS").path("value").asText();
            return unless(
                    options.contains("-Djava.io.tmpdir=/tmp") && options.contains("-Dorg.sqlite.tmpdir=/run/sqlite"),
                    each.name() + " does not say where temporary files go");
        });
    }

    /** Most sites have none, and their pods start all the same. */
    private static Stream<String> kerberos(Cluster cluster) {
        return cluster.of("Deployment", "onprem-exchange").map(Workload::new).flatMap(each -> {
            JsonNode mount = Workload.named(each.service().path("volumeMounts"), "kerberos");
            String option =
                    "-Djava.security.krb5.conf=" + mount.path("mountPath").asText("/nowhere") + "/krb5.conf";
            return unless(
                    each.variable("JDK_JAVA_OPTIONS").path("value").asText().contains(option)
                            && mount.path("readOnly").asBoolean()
                            && each.volume("kerberos").at("/configMap/optional").asBoolean(),
                    each.name() + " looks for krb5.conf elsewhere, or does not start without it");
        });
    }

    private static Stream<String> files(Cluster cluster) {
        return cluster.services()
                .flatMap(each -> cluster.settings(each).entrySet().stream()
                        .filter(setting -> setting.getKey()
                                .toString()
                                .matches("mailtrace\\..*(store\\.file|index-file|history\\.directory)"))
                        .flatMap(setting -> unless(
                                setting.getValue().toString().startsWith("/var/lib/mailtrace/"),
                                each.name() + " keeps " + setting + " where it may not write")));
    }

    private static Stream<String> bounded(Cluster cluster) {
        return cluster.workloads()
                .flatMap(each -> Cluster.each(each.pod().path("volumes"))
                        .filter(volume -> volume.has("emptyDir"))
                        .flatMap(volume -> unless(
                                volume.path("emptyDir").has("sizeLimit"),
                                each.name() + "/" + volume.path("name").asText() + " may fill the node")));
    }

    private static Stream<String> durable(Cluster cluster) {
        return cluster.services().filter(each -> !each.shares()).flatMap(each -> {
            String claim =
                    each.volume("data").at("/persistentVolumeClaim/claimName").asText();
            return unless(
                    cluster.of("PersistentVolumeClaim", claim)
                            .anyMatch(found ->
                                    Cluster.words(found.at("/spec/accessModes")).allMatch("ReadWriteOncePod"::equals)),
                    each.name() + " keeps its file in a place that ends with the pod, or that two may write to");
        });
    }

    /** What is kept for how long is the site's to say, because the default is more than the volume takes. */
    private static Stream<String> fits(Cluster cluster) {
        return cluster.of("Deployment", "onprem-exchange")
                .map(Workload::new)
                .filter(each -> cluster.of("Deployment", "keycloak").findAny().isEmpty())
                .flatMap(each -> {
                    String kept = cluster.settings(each).getProperty("mailtrace.onprem.retention", "400d");
                    long days = kept.matches("[1-9]\\d*d") ? Long.parseLong(kept.replace("d", "")) : Long.MAX_VALUE;
                    if (each.shares()) {
                        return unless(days <= 31, "a company's index of " + kept + " is not what sizing.md counts");
                    }
                    long room = cluster.of("PersistentVolumeClaim", "onprem-exchange-data")
                            .mapToLong(claim -> RunRules.megabytes(
                                    claim.at("/spec/resources/requests/storage").asText()))
                            .sum();
                    return unless(
                            days < room * 1_048_576L / INDEX_OF_A_DAY,
                            kept + " of a county's tracking logs do not fit into " + room + " MiB");
                });
    }

    /** Their files are handed in to one pod. */
    private static Stream<String> historical(Cluster cluster) {
        return cluster.services()
                .filter(each -> searchesHistorically(cluster, each))
                .flatMap(each -> unless(
                        each.deployment().at("/spec/replicas").asInt() == 1
                                && each.deployment()
                                        .at("/spec/strategy/type")
                                        .asText()
                                        .equals("Recreate")
                                && cluster.of("HorizontalPodAutoscaler", each.name())
                                        .findAny()
                                        .isEmpty()
                                && each.volume("data").has("persistentVolumeClaim"),
                        "files that are handed in to one pod of " + each.name()
                                + " are lost, or not there for another"));
    }

    static boolean searchesHistorically(Cluster cluster, Workload service) {
        String thorough = service.variable("MAILTRACE_EXO_REPORT_THOROUGH")
                .path("value")
                .asText(cluster.settings(service).getProperty("mailtrace.exo.report.thorough", ""));
        return service.name().equals("exo") && thorough.equals("historical-search");
    }

    private static Stream<String> audited(Cluster cluster) {
        Workload gateway = new Workload(cluster.the("Deployment", "gateway"));
        Properties settings = cluster.settings(gateway);
        String file = gateway.variable("MAILTRACE_AUDIT_FILE")
                .path("value")
                .asText(settings.getProperty("mailtrace.audit.file"))
                .replace("${mailtrace.store.file}", settings.getProperty("mailtrace.store.file"));
        boolean kept = Cluster.each(gateway.service().path("volumeMounts"))
                .filter(mount -> file.startsWith(mount.path("mountPath").asText() + "/"))
                .map(mount -> gateway.volume(mount.path("name").asText()))
                .anyMatch(volume -> volume.has("persistentVolumeClaim"));
        return unless(kept, "the gateway's audit records go to " + file + ", which ends with the pod");
    }

    private static Stream<String> trackingLogs(Cluster cluster) {
        if (!cluster.present().contains("onprem-exchange")) {
            return cluster.of("PersistentVolume").map(volume -> Cluster.name(volume) + " is mounted by nobody");
        }
        Workload service = new Workload(cluster.the("Deployment", "onprem-exchange"));
        JsonNode mount = Workload.named(service.service().path("volumeMounts"), "tracking-logs");
        Stream<String> pod = unless(
                mount.path("readOnly").asBoolean()
                        && service.volume("tracking-logs")
                                .at("/persistentVolumeClaim/readOnly")
                                .asBoolean(),
                "the tracking logs are mounted for writing");
        Stream<String> volumes = cluster.of("PersistentVolume")
                .flatMap(volume -> unless(
                        Cluster.words(volume.at("/spec/mountOptions")).anyMatch("ro"::equals)
                                && Cluster.words(volume.at("/spec/accessModes")).allMatch("ReadOnlyMany"::equals)
                                && volume.at("/spec/csi/readOnly").asBoolean(),
                        Cluster.name(volume) + " can be written to"));
        return Stream.concat(pod, volumes);
    }
}
