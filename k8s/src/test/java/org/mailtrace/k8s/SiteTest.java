package org.mailtrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an administrator may switch on in k8s/site stands there as a comment, and has to be right when it is taken out of it. */
class SiteTest {
    private static final String NETWORKS = Metrics.text("k8s/site/networks.yaml");

    @Test
    void everyWayThatIsCommentedOutIsARuleOnceItIsNot() {
        // when
        Cluster opened =
                Cluster.parse(NETWORKS.replaceAll("(?m)^  egress: \\[]\\R", "").replaceAll("(?m)^  # ", "  "));

        // then
        assertThat(opened.of("NetworkPolicy")
                        .filter(policy -> policy.at("/spec/egress").isEmpty()))
                .isEmpty();
        assertThat(ports(opened, "callbacks")).containsExactly("TCP 443");
        assertThat(ports(opened, "onprem-exchange-vendor"))
                .containsExactly("TCP 443", "TCP 445", "TCP 80", "TCP 88", "UDP 88");
    }

    @Test
    void everyAccountBringsTheRegistrysSecretAndEveryServiceSeesTheAuthority() {
        // when
        Cluster cluster = Overlay.WITH_SITE_OPTIONS.build();

        // then
        assertThat(cluster.of("ServiceAccount"))
                .hasSize(4)
                .allMatch(account ->
                        account.at("/imagePullSecrets/0/name").asText().equals("registry"));
        assertThat(cluster.services()).hasSize(4).allSatisfy(service -> {
            String file = cluster.settings(service).getProperty("quarkus.tls.site.trust-store.pem.certs");
            assertThat(Cluster.each(service.service().path("volumeMounts"))
                            .filter(mount -> mount.path("readOnly").asBoolean()
                                    && file.startsWith(mount.path("mountPath").asText() + "/")))
                    .hasSize(1);
            assertThat(cluster.settings(service)).containsEntry("quarkus.oidc.tls.tls-configuration-name", "site");
        });
    }

    @Test
    void everyPolicyThatASiteSetsIsOneOfTheBase() {
        // when
        Set<String> base = Overlay.PRODUCTION
                .build()
                .of("NetworkPolicy")
                .map(Cluster::name)
                .collect(Collectors.toSet());

        // then
        for (String file : List.of(
                "networks",
                "proxy/networks",
                "proxy/issuer/networks",
                "proxy/proofpoint/networks",
                "callers",
                "names",
                "production/networks",
                "production/collector",
                "monitoring/networks")) {
            assertThat(Cluster.parse(Metrics.text("k8s/site/" + file + ".yaml")).objects())
                    .as(file)
                    .isNotEmpty()
                    .allMatch(policy -> base.contains(Cluster.name(policy)));
        }
    }

    @Test
    void nothingIsLeftOfASystemThatASiteTakesOut() {
        assertThat(names(Overlay.WITHOUT_TWO))
                .noneMatch(name -> name.matches(".*(proofpoint|onprem|tracking-logs).*"))
                .anyMatch(name -> name.startsWith("exo"));
        assertThat(names(Overlay.WITHOUT_EXO)).noneMatch(name -> name.matches(".*exo(-.*)?"));
        assertThat(names(Overlay.WITHOUT_PROOFPOINT)).noneMatch(name -> name.contains("proofpoint"));
        assertThat(Overlay.WITHOUT_TWO.build().present()).containsExactly("gateway", "exo");
    }

    private static Set<String> names(Overlay overlay) {
        return overlay.build().objects().stream().map(Cluster::name).collect(Collectors.toSet());
    }

    private static Set<String> ports(Cluster cluster, String policy) {
        return Cluster.each(cluster.the("NetworkPolicy", policy).at("/spec/egress"))
                .flatMap(rule -> Cluster.each(rule.path("ports")))
                .map(port ->
                        port.path("protocol").asText() + " " + port.path("port").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
