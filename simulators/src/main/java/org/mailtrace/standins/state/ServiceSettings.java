package org.mailtrace.standins.state;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mailtrace.standins.StandInsConfig;
import org.mailtrace.standins.story.Hop;
import org.mailtrace.standins.story.MailSystem;
import org.mailtrace.standins.story.Organisation;
import org.mailtrace.standins.story.Organisation.HostRule;
import org.mailtrace.standins.story.Story;
import org.mailtrace.standins.story.StoryBook;

/** Writes the configuration with which the four services run on these stories. */
@ApplicationScoped
public class ServiceSettings {
    /** A demonstration value; whoever knows it can forge call-backs of the demo and of nothing else. */
    private static final String CALLBACK_SECRET = "whsec_ZGVtb25zdHJhdGlvbi12YWx1ZS1vZi10aGUtZGVtbyE=";

    private final StandInsConfig config;
    private final Organisation organisation;
    private final StoryBook book;
    private final StateDirectory state;

    ServiceSettings(StandInsConfig config, StoryBook book, StateDirectory state) {
        this.config = config;
        this.book = book;
        this.organisation = book.organisation();
        this.state = state;
    }

    /** Writes all four files; only their owner can read those that hold a password. */
    public void write() {
        write("gateway.properties", gateway());
        write("proofpoint.properties", proofpoint());
        write("onprem-exchange.properties", onpremExchange());
        write("exo.properties", exo());
    }

    private Map<String, String> gateway() {
        StandInsConfig.Ports ports = config.ports();
        Map<String, String> settings = common(ports.gateway());
        settings.put("mailtrace.domains", domains());
        settings.put("mailtrace.sources.proofpoint.url", local(ports.proofpoint()));
        settings.put("mailtrace.sources.onprem-exchange.url", local(ports.onpremExchange()));
        settings.put("mailtrace.sources.exchange-online.url", local(ports.exo()));
        settings.put("mailtrace.store.file", state.gatewayStoreFile().toString());
        // The client that the demo's realm has for this.
        settings.put("quarkus.oidc-client.credentials.secret", "mailtrace-gateway-demo-secret");
        // Whoever tries call-backs out listens on this machine.
        settings.put("mailtrace.callbacks.secret", CALLBACK_SECRET);
        settings.put("mailtrace.callbacks.allowed", "127.0.0.1,localhost");
        settings.put("mailtrace.callbacks.plain-http", "true");
        nextHops(settings);
        return settings;
    }

    private Map<String, String> proofpoint() {
        Map<String, String> settings = common(config.ports().proofpoint());
        settings.put("mailtrace.domains", domains());
        settings.put("mailtrace.proofpoint.url", config.publicUrl() + "/proofpoint/rest/v1");
        settings.put("mailtrace.proofpoint.username", config.proofpoint().username());
        settings.put("mailtrace.proofpoint.password", config.proofpoint().password());
        settings.put("mailtrace.proofpoint.quarantine-folders", String.join(",", folders()));
        StandInsConfig.Proofpoint stream = config.proofpoint();
        settings.put("mailtrace.proofpoint.ask", stream.ask());
        settings.put(
                "mailtrace.proofpoint.index-file", state.proofpointIndexFile().toString());
        settings.put(
                "mailtrace.proofpoint.stream.url",
                config.publicUrl().toString().replaceFirst("^http", "ws") + "/proofpoint");
        settings.put("mailtrace.proofpoint.stream.cluster-id", stream.streamClusterId());
        settings.put("mailtrace.proofpoint.stream.token", stream.streamTokens().getFirst());
        if (stream.streamTokens().size() > 1) {
            settings.put(
                    "mailtrace.proofpoint.stream.archive-token",
                    stream.streamTokens().get(1));
        }
        organisation.quarantineUrl().ifPresent(url -> settings.put("mailtrace.proofpoint.release-url", url.toString()));
        return settings;
    }

    private Map<String, String> onpremExchange() {
        Map<String, String> settings = common(config.ports().onpremExchange());
        settings.put("mailtrace.domains", domains());
        settings.put("mailtrace.devices", String.join(",", organisation.devices()));
        for (String server : organisation.servers()) {
            settings.put(
                    "mailtrace.onprem.servers." + server + ".directory",
                    state.trackingLogs(server).toString());
        }
        int known = nextHops(settings);
        for (Map.Entry<String, String> relay : relaysToTheServers().entrySet()) {
            settings.put("mailtrace.next-hops[" + known + "].host", relay.getKey());
            settings.put("mailtrace.next-hops[" + known + "].source", relay.getValue());
            known++;
        }
        settings.put("mailtrace.onprem.index-file", state.indexFile().toString());
        return settings;
    }

    private Map<String, String> exo() {
        StandInsConfig.ExchangeOnline exo = config.exchangeOnline();
        Map<String, String> settings = common(config.ports().exo());
        settings.put("mailtrace.domains", domains());
        settings.put("mailtrace.exo.graph-url", config.publicUrl() + "/graph/v1.0");
        settings.put("mailtrace.exo.token-url", config.publicUrl() + "/entra/" + exo.tenant() + "/oauth2/v2.0/token");
        settings.put("mailtrace.exo.client-id", exo.clientId());
        settings.put("mailtrace.exo.client-secret", exo.clientSecret());
        settings.put("mailtrace.exo.scope", exo.scope());
        settings.put("mailtrace.exo.exchange-url", config.publicUrl() + "/exchange-online");
        settings.put("mailtrace.exo.tenant-id", exo.tenant());
        settings.put(
                "mailtrace.exo.history.directory", state.exoFilesDirectory().toString());
        settings.put("mailtrace.exo.store.file", state.exoStoreFile().toString());
        nextHops(settings);
        String relays = String.join(",", relays());
        if (!relays.isEmpty()) {
            settings.put("mailtrace.relays", relays);
        }
        return settings;
    }

    /** Addresses from which one of our own systems hands mail to the next: whoever connects after a story's first hop. */
    private Set<String> relays() {
        Set<String> relays = new TreeSet<>();
        book.stories()
                .forEach(story -> story.hops().stream()
                        .skip(1)
                        .filter(hop -> hop.system() == MailSystem.EXCHANGE_ONLINE)
                        .flatMap(hop -> hop.clientIp().stream())
                        .forEach(ip -> relays.add(ip + (ip.contains(":") ? "/128" : "/32"))));
        return relays;
    }

    /** Addresses from which another of our systems hands mail to the Exchange servers, with that system's name. */
    private Map<String, String> relaysToTheServers() {
        Map<String, String> relays = new TreeMap<>();
        for (Story story : book.stories()) {
            Optional<MailSystem> before = Optional.empty();
            for (Hop hop : story.hops()) {
                if (hop.system() == MailSystem.ONPREM_EXCHANGE) {
                    before.filter(system -> system != MailSystem.ONPREM_EXCHANGE)
                            .ifPresent(system -> hop.clientIp().ifPresent(ip -> relays.put(ip, system.word())));
                }
                before = Optional.of(hop.system());
            }
        }
        return relays;
    }

    private Map<String, String> common(int port) {
        Map<String, String> settings = new LinkedHashMap<>();
        // Below the environment (300) and system properties (400): a file named by a location would outrank both.
        settings.put("config_ordinal", "275");
        settings.put("quarkus.http.port", Integer.toString(port));
        settings.put(
                "quarkus.management.port",
                Integer.toString(port + config.ports().managementOffset()));
        settings.put("quarkus.oidc.auth-server-url", config.authServerUrl().toString());
        return settings;
    }

    /** How many there are. */
    private int nextHops(Map<String, String> settings) {
        List<HostRule> rules = organisation.allNextHops();
        for (int i = 0; i < rules.size(); i++) {
            settings.put("mailtrace.next-hops[" + i + "].host", rules.get(i).host());
            settings.put("mailtrace.next-hops[" + i + "].source", rules.get(i).source());
        }
        return rules.size();
    }

    /** The cloud domain is ours too: a mailbox's secondary address lies in it. */
    private String domains() {
        List<String> domains = new ArrayList<>(organisation.domains());
        organisation.cloudDomain().ifPresent(domains::add);
        return String.join(",", domains);
    }

    private Set<String> folders() {
        Set<String> folders = new TreeSet<>(List.of("Quarantine"));
        book.stories().stream()
                .flatMap(story -> story.hops().stream())
                .flatMap((Hop hop) -> hop.folder().stream())
                .forEach(folders::add);
        return folders;
    }

    private static String local(int port) {
        return "http://localhost:" + port;
    }

    private void write(String file, Map<String, String> settings) {
        StringBuilder text = new StringBuilder("# Written by the stand-ins at each start; demonstration values.\n");
        settings.forEach((key, value) ->
                text.append(key).append('=').append(value.replace("\\", "\\\\")).append('\n'));
        state.writeSecret(file, text.toString());
    }
}
