package org.mailtrace.standins.story;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.standins.story.Organisation.HostRule;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the {@code organisation} of a story file. */
final class OrganisationReader {
    private static final Set<String> KEYS =
            Set.of("domains", "cloudDomain", "servers", "quarantineUrl", "devices", "nextHops");
    private static final String SERVER_NAME = "[A-Za-z0-9][A-Za-z0-9-]{0,62}";
    private static final String RANGE = "[0-9A-Fa-f.:]+/\\d{1,3}";

    private final Faults faults;

    OrganisationReader(Faults faults) {
        this.faults = faults;
    }

    Organisation read(Node node) {
        Fields fields = new Fields(faults, node, "organisation", KEYS);
        List<String> domains = fields.texts("domains").stream()
                .map(d -> d.toLowerCase(Locale.ROOT))
                .toList();
        if (domains.isEmpty()) {
            faults.add(fields.nodeOf("domains"), "an organisation needs at least one of 'domains'");
        }
        List<String> servers = matching(fields, "servers", SERVER_NAME, "the short name of a server");
        List<String> devices = matching(fields, "devices", RANGE, "an address range such as 10.20.0.0/16");
        Optional<URI> quarantineUrl = fields.parsed("quarantineUrl", "a URL", OrganisationReader::url);
        return new Organisation(
                domains.isEmpty() ? List.of("unknown.example") : domains,
                fields.text("cloudDomain").map(d -> d.toLowerCase(Locale.ROOT)),
                servers,
                quarantineUrl,
                devices,
                nextHops(fields));
    }

    private List<String> matching(Fields fields, String key, String pattern, String expected) {
        List<String> values = fields.texts(key);
        values.stream()
                .filter(value -> !value.matches(pattern))
                .forEach(value -> faults.add(fields.nodeOf(key), "'" + value + "' is not " + expected));
        return values.stream().filter(value -> value.matches(pattern)).toList();
    }

    private List<HostRule> nextHops(Fields organisation) {
        List<HostRule> rules = new ArrayList<>();
        organisation.child("nextHops").ifPresent(node -> {
            Fields hosts = new Fields(faults, node, "nextHops", Set.of());
            for (String host : hosts.keys()) {
                hosts.parsed(host, "one of " + MailSystem.all(), MailSystem::of)
                        .ifPresent(system -> rules.add(new HostRule(host, system.word())));
            }
        });
        return rules;
    }

    private static Optional<URI> url(String text) {
        try {
            return Optional.of(new URI(text)).filter(uri -> uri.getHost() != null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
