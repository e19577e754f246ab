package org.mailtrace.k8s;

import static org.mailtrace.k8s.Rule.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who reaches whom. */
final class NetworkRules {
    /** Policies that open ways to addresses, and for whom. */
    private static final Map<String, Set<String>> ADDRESSES = Map.of(
            "identity-provider", Set.copyOf(Cluster.SERVICES),
            "database", Set.copyOf(Cluster.SERVICES),
            "callbacks", Set.of("gateway"),
            "proofpoint-vendor", Set.of("proofpoint"),
            "onprem-exchange-vendor", Set.of("onprem-exchange"),
            "exo-vendor", Set.of("exo"));

    private NetworkRules() {}

    static Stream<Rule> all() {
        return Stream.of(
                new Rule("what is not allowed is denied, both ways", NetworkRules::denied),
                new Rule("each service hears whom it must, and nobody else", NetworkRules::heard),
                new Rule("each service reaches what it needs, and nothing else", NetworkRules::asked),
                new Rule("addresses outside are the vendor's, the issuer's and the database's", NetworkRules::outside),
                new Rule("the ingress has TLS for every host and leads to the gateway's API", NetworkRules::ingress),
                new Rule("links are as the caller's proxy says, and nobody else is believed", NetworkRules::proxy),
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
        return compared(cluster, "ingress", "from", Ways::heard);
    }

    private static Stream<String> asked(Cluster cluster) {
        return compared(cluster, "egress", "to", Ways::asked);
    }

    private static Stream<String> compared(
            Cluster cluster, String direction, String peers, BiFunction<Ways, Workload, Set<String>> needed) {
        Ways all = Ways.of(cluster);
        return cluster.services().flatMap(each -> {
            Set<String> open = ways(cluster, each, direction, peers);
            Set<String> meant = needed.apply(all, each);
            Set<String> lacking = new TreeSet<>(meant);
            lacking.removeAll(open);
            open.removeAll(meant);
            return Stream.concat(
                    lacking.stream().map(way -> each.name() + " has no way (" + direction + ") for " + way),
                    open.stream().map(way -> each.name() + " has a way (" + direction + ") for " + way));
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

    /** The gateway believes X-Forwarded-Proto, and only from private addresses: whoever follows an http link sends a token in clear. */
    private static Stream<String> proxy(Cluster cluster) {
        Properties settings = cluster.settings(new Workload(cluster.the("Deployment", "gateway")));
        String prefix = "quarkus.http.proxy.";
        List<String> trusted = Stream.of(
                        settings.getProperty(prefix + "trusted-proxies", "").split(","))
                .toList();
        return unless(
                settings.getProperty(prefix + "proxy-address-forwarding", "").equals("true")
                        && settings.getProperty(prefix + "allow-x-forwarded", "")
                                .equals("true")
                        && settings.getProperty(prefix + "allow-forwarded", "false")
                                .equals("false")
                        && trusted.stream().allMatch(block -> block.matches(".+/([789]|[1-9]\\d+)")),
                "the gateway's links are not as its proxy says, or " + trusted + " are believed");
    }

    private static Stream<String> exposed(Cluster cluster) {
        return cluster.of("Service")
                .filter(each -> !each.at("/spec/type").asText("ClusterIP").equals("ClusterIP"))
                .map(each -> Cluster.name(each) + " is " + each.at("/spec/type").asText());
    }

    /** All ways that policies open for a service, as peer, protocol and port; a rule without peers or ports is everything. */
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
                                    .map(port -> port.path("protocol").asText("TCP") + " "
                                            + port.path("port").asText("every port"))
                                    .collect(Collectors.toSet());
                    who.forEach(peer -> ports.forEach(port -> ways.add(peer + " " + port)));
                });
        return ways;
    }

    /** Such as {@code monitoring{name=prometheus}}, {@code {name=gateway}} or {@code 192.0.2.16/32}. */
    private static String peer(JsonNode peer) {
        if (peer.has("ipBlock")) {
            return peer.at("/ipBlock/cidr").asText();
        }
        String namespace = peer.has("namespaceSelector")
                ? peer.path("namespaceSelector")
                        .at("/matchLabels/kubernetes.io~1metadata.name")
                        .asText("every namespace")
                : "";
        JsonNode pods = peer.path("podSelector");
        String labels = pods.path("matchLabels")
                .propertyStream()
                .map(label -> label.getKey().replaceAll(".*/", "") + "="
                        + label.getValue().asText())
                .sorted()
                .collect(Collectors.joining(","));
        return namespace + (labels.isEmpty() ? namespace.isEmpty() ? "every pod" : "" : "{" + labels + "}");
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
