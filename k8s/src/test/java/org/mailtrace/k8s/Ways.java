package org.mailtrace.k8s;

import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * The ways that an installation needs, with the addresses that stand in k8s/site. What is switched on decides: whoever sends
 * traces needs a way to the collector, whoever shares a store one to the database.
 *
 * @param cluster what is installed
 * @param demo stand-ins and Keycloak instead of vendors and issuer
 * @param watched by Prometheus
 */
record Ways(Cluster cluster, boolean demo, boolean watched) {
    private static final String DATABASE = "192.0.2.16/32 TCP 5432";
    private static final String PROXY = "192.0.2.48/32";

    static Ways of(Cluster cluster) {
        return new Ways(
                cluster,
                cluster.of("Deployment", "keycloak").findAny().isPresent(),
                cluster.of("ServiceMonitor").findAny().isPresent());
    }

    /** Who must be able to ask a service, as {@link NetworkRules} spells it. */
    Set<String> heard(Workload service) {
        Set<String> ways = new TreeSet<>();
        if (!service.name().equals("gateway")) {
            ways.add("{name=gateway} TCP http");
        } else if (!demo) {
            ways.add("traefik TCP http");
        }
        if (watched) {
            ways.add("monitoring{name=prometheus} TCP management");
        }
        if (demo && service.name().equals("exo")) {
            // The stand-ins live beside exo.
            ways.add("{name=proofpoint} TCP stand-ins");
        }
        return ways;
    }

    /** Whom a service must reach. */
    Set<String> asked(Workload service) {
        Set<String> ways = new TreeSet<>(Set.of(
                "kube-system{k8s-app=kube-dns} UDP 53",
                "kube-system{k8s-app=kube-dns} TCP 53",
                proxied(service, "quarkus.oidc.proxy")
                        .orElse(demo ? "{name=keycloak} TCP 8180" : "192.0.2.32/32 TCP 443")));
        if (service.shares()) {
            ways.add(DATABASE);
        }
        if (service.variable("QUARKUS_OTEL_SDK_DISABLED").path("value").asText().equals("false")) {
            ways.add("observability TCP 4317");
        }
        ways.addAll(vendor(service));
        return ways;
    }

    private Set<String> vendor(Workload service) {
        return switch (service.name()) {
            case "gateway" ->
                Set.of("{name=proofpoint} TCP 8081", "{name=onprem-exchange} TCP 8082", "{name=exo} TCP 8083");
            case "proofpoint" -> demo ? Set.of("{name=exo} TCP 8090") : proofpoint(service);
            case "exo" -> demo ? Set.of() : microsoft(service);
            default -> Set.of();
        };
    }

    /** The cluster's API, and the log stream, which asks the Java machine for its proxy. */
    private Set<String> proofpoint(Workload service) {
        return new TreeSet<>(List.of(
                proxied(service, "quarkus.rest-client").orElse("198.51.100.0/24 TCP 10000"),
                service.proxyPort().map(port -> PROXY + " TCP " + port).orElse("198.51.100.0/24 TCP 443")));
    }

    /** By the proxy that a client of Quarkus is told of, at the port that is set for it. */
    private Optional<String> proxied(Workload service, String client) {
        Properties settings = cluster.settings(service);
        return Optional.ofNullable(settings.getProperty(client + ".proxy-configuration-name"))
                .map(name -> PROXY + " TCP " + settings.getProperty("quarkus.proxy." + name + ".port"));
    }

    /** By the proxy alone where there is one, at the port that the service is told. */
    private static Set<String> microsoft(Workload service) {
        return service.proxyPort()
                .map(port -> Set.of(PROXY + " TCP " + port))
                .orElse(Set.of(
                        "20.20.32.0/19 TCP 443",
                        "20.190.128.0/18 TCP 443",
                        "20.231.128.0/19 TCP 443",
                        "40.126.0.0/18 TCP 443"));
    }
}
