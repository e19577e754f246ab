package org.mailtrace.k8s;

import static org.mailtrace.k8s.Rule.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who reaches whom. */
final class NetworkRules {
    /** Policies that open ways to addresses, and for whom. */
    private static final Map<String, Set<String>> ADDRESSES = Map.of(
            "identity-provider", Set.copyOf(Cluster.SERVICES),
            "database", Set.copyOf(Cluster.SERVICES),
            "proofpoint-vendor", Set.of("proofpoint"),
            "onprem-exchange-vendor", Set.of("onprem-exchange"),
            "exo-vendor", Set.of("exo"));

    private NetworkRules() {}

    static Stream<Rule> all() {
        return Stream.of(
                new Rule("what is not allowed is denied, both ways", NetworkRules::denied),
                new Rule("the sources hear the gateway alone, the gateway the ingress alone", NetworkRules::heard),
                new Rule("the gateway reaches the three sources, and no source another", NetworkRules::asked),
                new Rule("addresses outside are the vendor's, the issuer's and the database's", NetworkRules::outside),
                new Rule("the ingress has TLS for every host and leads to the gateway's API", NetworkRules::ingress),
                new Rule("no service is opened to the outside beside the ingress", NetworkRules::exposed));
    }

    private static Stream<String> denied(Cluster cluster) {
        return unless(
                cluster.of("NetworkPolicy")
                        .anyMatch(policy -> policy.at("/spec/podSelector").isEmpty()
                                && Cluster.words(policy.at("/spec/policyTypes"))
                                        .collect(Collectors.toSet())
                                        .equals(Set.of("Ingress", "Egress"))
                                && policy.at("/spec/ingress").isEmpty()
                                && policy.at("/spec/egress").isEmpty()),
                "no policy denies everything");
    }

    private static Stream<String> heard(Cluster cluster) {
        return cluster.services().flatMap(each -> {
            Set<String> meant = each.name().equals("gateway") ? Set.of("ingress-nginx/http") : Set.of("gateway/http");
            Set<String> ways = ways(cluster, each, "ingress", "from");
            ways.remove("monitoring/management");
            // In the demonstration the stand-ins live beside exo.
            ways.remove("proofpoint/stand-ins");
            return unless(ways.equals(meant), each.name() + " can be reached by " + ways);
        });
    }

    private static Stream<String> asked(Cluster cluster) {
        boolean demo = cluster.of("Deployment", "keycloak").findAny().isPresent();
        return cluster.services().flatMap(each -> {
            Set<String> pods = ways(cluster, each, "egress", "to").stream()
                    .filter(way -> !way.contains("."))
                    .collect(Collectors.toCollection(TreeSet::new));
            pods.removeAll(Set.of("kube-system/53", "observability/4317"));
            if (demo) {
                pods.removeAll(Set.of("keycloak/8180", "exo/8090"));
            }
            Set<String> meant = each.name().equals("gateway")
                    ? Set.of("proofpoint/8081", "onprem-exchange/8082", "exo/8083")
                    : Set.of();
            return unless(pods.equals(meant), each.name() + " reaches " + pods);
        });
    }

    private static Stream<String> outside(Cluster cluster) {
        return cluster.of("NetworkPolicy")
                .flatMap(policy -> Cluster.each(policy.at("/spec/egress")).flatMap(rule -> {
                    Set<String> meant = ADDRESSES.getOrDefault(Cluster.name(policy), Set.of());
                    boolean onlyFor = cluster.services()
                            .filter(each -> selects(policy.at("/spec/podSelector"), each))
                            .allMatch(each -> meant.contains(each.name()));
                    return Cluster.each(rule.path("to"))
                            .filter(peer -> peer.has("ipBlock"))
                            .map(peer -> peer.at("/ipBlock/cidr").asText())
                            .flatMap(block -> unless(
                                    onlyFor && Integer.parseInt(block.substring(block.indexOf('/') + 1)) >= 16,
                                    Cluster.name(policy) + " opens " + block));
                }));
    }

    private static Stream<String> ingress(Cluster cluster) {
        return cluster.of("Ingress").flatMap(each -> {
            Set<String> secured = Cluster.each(each.at("/spec/tls"))
                    .filter(tls -> tls.has("secretName"))
                    .flatMap(tls -> Cluster.words(tls.path("hosts")))
                    .collect(Collectors.toSet());
            return Cluster.each(each.at("/spec/rules"))
                    .flatMap(rule -> unless(
                            secured.contains(rule.path("host").asText())
                                    && Cluster.each(rule.at("/http/paths"))
                                            .allMatch(path -> path.at("/backend/service/name")
                                                            .asText()
                                                            .equals("gateway")
                                                    && path.at("/backend/service/port/name")
                                                            .asText()
                                                            .equals("http")),
                            "the ingress has a way without TLS, or to something else than the gateway's API"));
        });
    }

    private static Stream<String> exposed(Cluster cluster) {
        return cluster.of("Service")
                .filter(each -> !each.at("/spec/type").asText("ClusterIP").equals("ClusterIP"))
                .map(each -> Cluster.name(each) + " is " + each.at("/spec/type").asText());
    }

    /** All ways that policies open for a service, as peer/port; a rule without peers or ports is everything. */
    private static Set<String> ways(Cluster cluster, Workload service, String direction, String peers) {
        Set<String> ways = new TreeSet<>();
        cluster.of("NetworkPolicy")
                .filter(policy -> selects(policy.at("/spec/podSelector"), service))
                .flatMap(policy -> Cluster.each(policy.at("/spec/" + direction)))
                .forEach(rule -> {
                    Set<String> who = rule.path(peers).isEmpty()
                            ? Set.of("everybody")
                            : Cluster.each(rule.path(peers))
                                    .map(NetworkRules::peer)
                                    .collect(Collectors.toSet());
                    Set<String> ports = rule.path("ports").isEmpty()
                            ? Set.of("every port")
                            : Cluster.each(rule.path("ports"))
                                    .map(port -> port.path("port").asText("every port"))
                                    .collect(Collectors.toSet());
                    who.forEach(peer -> ports.forEach(port -> ways.add(peer + "/" + port)));
                });
        return ways;
    }

    private static String peer(JsonNode peer) {
        String namespace = "/matchLabels/kubernetes.io~1metadata.name";
        String pod = "/matchLabels/app.kubernetes.io~1name";
        if (peer.has("ipBlock")) {
            return peer.at("/ipBlock/cidr").asText();
        }
        return peer.has("namespaceSelector")
                ? peer.path("namespaceSelector").at(namespace).asText("every namespace")
                : peer.path("podSelector").at(pod).asText("every pod");
    }

    private static boolean selects(JsonNode selector, Workload service) {
        boolean labels = selector.path("matchLabels")
                .propertyStream()
                .allMatch(label -> label.getValue().equals(service.labels().path(label.getKey())));
        boolean expressions = Cluster.each(selector.path("matchExpressions"))
                .allMatch(expression -> expression.path("operator").asText().equals("In")
                        && Cluster.words(expression.path("values"))
                                .anyMatch(service.labels()
                                        .path(expression.path("key").asText())
                                        .asText()::equals));
        return labels && expressions;
    }
}
