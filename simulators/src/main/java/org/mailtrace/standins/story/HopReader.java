package org.mailtrace.standins.story;

import static java.util.function.Predicate.not;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one hop and refuses keys that its event cannot have. Who is concerned is {@link Custody}'s question. */
final class HopReader {
    private static final Set<String> ALWAYS =
            Set.of("system", "event", "after", "recipients", "visibleAfter", "raw", "server");
    private static final Map<String, Set<Deed>> ONLY_WITH = Map.ofEntries(
            Map.entry("clientIp", EnumSet.of(Deed.RECEIVE, Deed.SUBMIT)),
            Map.entry("device", EnumSet.of(Deed.RECEIVE)),
            Map.entry(
                    "nextHop",
                    EnumSet.of(
                            Deed.PASS,
                            Deed.SEND,
                            Deed.SENDEXTERNAL,
                            Deed.REDIRECT,
                            Deed.DEFER,
                            Deed.BOUNCE,
                            Deed.FAIL)),
            Map.entry("reply", EnumSet.of(Deed.PASS, Deed.SEND, Deed.SENDEXTERNAL, Deed.REDIRECT)),
            Map.entry(
                    "code",
                    EnumSet.of(
                            Deed.FAIL,
                            Deed.DEFER,
                            Deed.REJECT,
                            Deed.RETRY,
                            Deed.BOUNCE,
                            Deed.DROP,
                            Deed.FILTERED_AS_SPAM)),
            Map.entry("module", filterDeeds()),
            Map.entry("rule", rulesDeeds()),
            Map.entry("folder", EnumSet.of(Deed.QUARANTINE, Deed.COPY)),
            Map.entry("resolvedTo", EnumSet.of(Deed.RESOLVE, Deed.REDIRECT)),
            Map.entry("group", EnumSet.of(Deed.EXPAND)),
            Map.entry("members", EnumSet.of(Deed.EXPAND)));
    private static final Pattern FOR_GOOD = Pattern.compile("5\\d\\d[ -].*|5\\.\\d+\\.\\d+.*");
    private static final Pattern FOR_NOW = Pattern.compile("4\\d\\d[ -].*|4\\.\\d+\\.\\d+.*");

    private final Faults faults;
    private final Organisation organisation;
    private final Addresses addresses;

    HopReader(Faults faults, Organisation organisation) {
        this.faults = faults;
        this.organisation = organisation;
        this.addresses = new Addresses(faults);
    }

    Optional<Hop> read(Node node, Instant storyStart) {
        Set<String> keys = new HashSet<>(ALWAYS);
        keys.addAll(ONLY_WITH.keySet());
        Fields fields = new Fields(faults, node, "a hop", keys);
        fields.requiredText("system");
        fields.requiredText("event");
        Optional<MailSystem> system = fields.parsed("system", "one of " + MailSystem.all(), MailSystem::of);
        if (system.isEmpty()) {
            return Optional.empty();
        }
        Optional<Deed> deed = fields.parsed(
                "event",
                "one of " + system.get().vocabulary() + " in " + system.get().word(),
                word -> Deed.of(word).filter(system.get()::knows));
        return deed.map(d -> checked(fields, hop(fields, system.get(), d, storyStart)));
    }

    private Hop hop(Fields fields, MailSystem system, Deed deed, Instant storyStart) {
        Duration after = fields.parsed("after", "a duration such as 90s", StoryTimes::duration)
                .orElse(Duration.ZERO);
        Duration late = fields.parsed("visibleAfter", "a duration such as 50m", StoryTimes::duration)
                .orElse(Duration.ZERO);
        if (late.isNegative()) {
            faults.add(fields.nodeOf("visibleAfter"), "'visibleAfter' must not be negative");
        }
        Instant at = storyStart.plus(after);
        return new Hop(
                system,
                deed,
                at,
                at.plus(late),
                addresses.all(fields, "recipients"),
                fields.text("server"),
                fields.text("clientIp"),
                fields.text("device"),
                fields.text("nextHop"),
                fields.text("reply"),
                fields.text("code"),
                fields.text("module"),
                fields.text("rule"),
                fields.text("folder"),
                addresses.one(fields, "resolvedTo"),
                addresses.one(fields, "group"),
                addresses.all(fields, "members"),
                raw(fields));
    }

    private Map<String, String> raw(Fields fields) {
        Map<String, String> raw = new TreeMap<>();
        fields.child("raw").ifPresent(node -> {
            Fields values = new Fields(faults, node, "raw", Set.of());
            values.keys().forEach(key -> values.textOrEmpty(key).ifPresent(value -> raw.put(key, value)));
        });
        return raw;
    }

    private Hop checked(Fields fields, Hop hop) {
        String event = hop.deed().word();
        fields.keys().stream()
                .filter(key -> !ALWAYS.contains(key) && !ONLY_WITH.get(key).contains(hop.deed()))
                .forEach(key -> faults.add(fields.nodeOf(key), "'" + event + "' cannot have '" + key + "'"));
        checkServer(fields, hop);
        for (String key : required(hop)) {
            if (!fields.has(key)) {
                faults.add(fields.node(), "'" + event + "' in " + hop.system().word() + " needs '" + key + "'");
            }
        }
        checkCode(fields, hop);
        if (hop.deed() == Deed.SEND
                && hop.system() == MailSystem.ONPREM_EXCHANGE
                && hop.nextHop().flatMap(organisation::serverAt).isEmpty()) {
            faults.add(fields.nodeOf("nextHop"), "'send' goes to another of our servers; use 'sendexternal'");
        }
        return hop;
    }

    private void checkServer(Fields fields, Hop hop) {
        boolean onPremises = hop.system() == MailSystem.ONPREM_EXCHANGE;
        if (onPremises && hop.server().isEmpty()) {
            faults.add(fields.node(), "an onprem-exchange hop needs 'server'");
        } else if (!onPremises && hop.server().isPresent()) {
            faults.add(fields.nodeOf("server"), "only onprem-exchange hops have a 'server'");
        }
        hop.server()
                .filter(not(organisation.servers()::contains))
                .ifPresent(name ->
                        faults.add(fields.nodeOf("server"), "'" + name + "' is not a server of the organisation"));
    }

    private static List<String> required(Hop hop) {
        return switch (hop.deed()) {
            case PASS, SEND, SENDEXTERNAL -> List.of("nextHop");
            case RESOLVE, REDIRECT -> List.of("resolvedTo");
            case EXPAND -> List.of("group", "members");
            case FAIL, BOUNCE, DEFER -> List.of("code");
            case QUARANTINE, COPY -> hop.system() == MailSystem.PROOFPOINT ? List.of("folder") : List.of();
            default -> List.of();
        };
    }

    private void checkCode(Fields fields, Hop hop) {
        boolean forNow = hop.deed() == Deed.DEFER || hop.deed() == Deed.RETRY;
        boolean forGood = EnumSet.of(Deed.FAIL, Deed.BOUNCE, Deed.REJECT).contains(hop.deed());
        hop.code().ifPresent(code -> {
            if (forNow && !FOR_NOW.matcher(code).matches()) {
                faults.add(fields.nodeOf("code"), "a code for '" + hop.deed().word() + "' begins with 4");
            } else if (forGood && !FOR_GOOD.matcher(code).matches()) {
                faults.add(fields.nodeOf("code"), "a code for '" + hop.deed().word() + "' begins with 5");
            }
        });
    }

    private static Set<Deed> rulesDeeds() {
        Set<Deed> deeds = EnumSet.copyOf(filterDeeds());
        deeds.add(Deed.DROP);
        return deeds;
    }

    private static Set<Deed> filterDeeds() {
        return EnumSet.of(Deed.PASS, Deed.QUARANTINE, Deed.COPY, Deed.DISCARD, Deed.REJECT, Deed.RETRY, Deed.REDIRECT);
    }
}
