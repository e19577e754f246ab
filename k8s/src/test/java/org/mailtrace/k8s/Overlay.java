package org.mailtrace.k8s;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The installations that an administrator can choose, and some with further components. */
enum Overlay {
    DEMO,
    SINGLE,
    PRODUCTION,
    HISTORICAL_SEARCH,
    WITHOUT_PROOFPOINT,
    WITHOUT_ONPREM_EXCHANGE,
    WITHOUT_EXO,
    WITHOUT_TWO,
    WITH_SITE_OPTIONS;

    private static final Set<Overlay> FOR_ADMINISTRATORS = EnumSet.of(DEMO, SINGLE, PRODUCTION);

    static final Tool KUBECTL = new Tool(
            "kubectl",
            "install kubectl 1.27 or later, for example Debian 13's package kubernetes-client"
                    + " (that of Debian 12 is too old to know components).");

    private static final Map<Overlay, String> BUILT = new ConcurrentHashMap<>();

    String folder() {
        String folder = FOR_ADMINISTRATORS.contains(this) ? "k8s/overlays/" : "k8s/src/test/overlays/";
        return folder + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What kustomize makes of it; each call gets objects of its own. Without kubectl the test is skipped. */
    Cluster build() {
        assumeThat(KUBECTL.isThere()).as(KUBECTL.missing()).isTrue();
        assumeThat(Version.KNOWS_COMPONENTS)
                .as("kubectl is too old to build the overlays, so this is not checked here: " + KUBECTL.install())
                .isTrue();
        return Cluster.parse(BUILT.computeIfAbsent(this, overlay -> kustomize(overlay.folder())));
    }

    /** Asked once. */
    private static final class Version {
        static final boolean KNOWS_COMPONENTS =
                knowsComponents(KUBECTL.run("version", "--client").output());
    }

    static boolean knowsComponents(String version) {
        Matcher minor = Pattern.compile("v1\\.(\\d+)\\.").matcher(version);
        return minor.find() && Integer.parseInt(minor.group(1)) >= 27;
    }

    /** What kustomize makes of a folder. */
    static String kustomize(String folder) {
        Tool.Result result = KUBECTL.run("kustomize", folder);
        if (!result.succeeded()) {
            throw new AssertionError(folder + " does not build: " + result.errors());
        }
        return result.output();
    }
}
