package org.mailtrace.gateway.join;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.Origin;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.gateway.settings.GatewaySettings;

/**
 * Which source a host belongs to; a host of none is outside.
 *
 * <p>Caffeine looks up the classes of a cache and of its entries by names made of its traits.
 */
@RegisterForReflection(
        classNames = {"com.github.benmanes.caffeine.cache.SSMS", "com.github.benmanes.caffeine.cache.PSMS"})
@ApplicationScoped
public class NextHops {
    private static final int HOSTS_REMEMBERED = 10_000;

    private static final Set<RecipientStatus> HAND_OVERS = Set.of(RecipientStatus.PASSED_ON, RecipientStatus.DEFERRED);

    private final List<Entry> patterns;
    private final Set<String> asked;
    private final Set<String> domains;

    /** The same few hosts stand in every row, and patterns are slow. */
    private final Cache<String, Optional<String>> known =
            Caffeine.newBuilder().maximumSize(HOSTS_REMEMBERED).build();

    public NextHops(GatewaySettings settings) {
        Stream<Entry> sites = settings.nextHops().orElse(List.of()).stream()
                .map(hop -> new Entry(pattern("next-hops", hop.host()), hop.source()));
        Stream<Entry> everywhere = settings.namedSources().entrySet().stream()
                .flatMap(source -> source.getValue().hosts().orElse(List.of()).stream()
                        .map(host ->
                                new Entry(pattern("sources." + source.getKey() + ".hosts", host), source.getKey())));
        this.patterns = Stream.concat(sites, everywhere).toList();
        this.asked = Set.copyOf(settings.sources().keySet());
        this.domains = settings.domains().orElse(Set.of()).stream()
                .map(Addresses::lower)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Makes the bean at start, so that a pattern that is none stops the service there. */
    void check(@Observes StartupEvent start) {}

    /** The source that a host belongs to, if it is asked. */
    public Optional<String> sourceOf(String host) {
        return owner(host).filter(asked::contains);
    }

    /** The source that a host belongs to although it is switched off, so that nobody here sees what happens there. */
    public Optional<String> untracedOf(String host) {
        return owner(host).filter(source -> !asked.contains(source));
    }

    /** Told to the cache each time: it looks at a loader of its own by reflection, which a native executable warns of. */
    private Optional<String> owner(String host) {
        return known.get(host, this::matching);
    }

    private Optional<String> matching(String host) {
        return patterns.stream()
                .filter(entry -> entry.pattern.matches(host))
                .map(Entry::source)
                .findFirst();
    }

    /**
     * The source that the host belongs to by its name that a word handed the message to, or tries to; it may be another's all
     * the same.
     */
    public Optional<String> ownerOf(Word word) {
        return host(word).flatMap(this::sourceOf);
    }

    /**
     * The source that a word handed the message to, if it handed it to one. What is called as another organisation's is
     * ours all the same where our source of that kind has the message from nobody else: our list of domains may lack one.
     *
     * @param all what all sources say about the same recipient
     */
    public Optional<String> targetOf(Word word, List<Word> all) {
        return ownerOf(word)
                .filter(owner -> !isCalledAsAnothers(word)
                        || all.stream()
                                .filter(other -> other.source().equals(owner))
                                .anyMatch(other -> !hadItBefore(other, word, all)));
    }

    /**
     * Whether a host is another organisation's by its very name. Clouds name a customer's host after the customer's domain,
     * with dashes for its dots, such as {@code contoso-com.} for {@code contoso.com}. Nothing is said where our own domains
     * are not known.
     */
    public boolean isCalledAsAnothers(Word word) {
        String domain = AddressPattern.domainOf(word.recipient().address());
        return !domains.isEmpty()
                && !domain.isEmpty()
                && !domains.contains(domain)
                && host(word)
                        .filter(host -> Addresses.lower(host).startsWith(domain.replace('.', '-') + "."))
                        .isPresent();
    }

    /** Whether a source that had the message before says the word: it began there, or went on from there to the giver. */
    private boolean hadItBefore(Word other, Word giver, List<Word> all) {
        boolean began = other.sighting()
                .observation()
                .origin()
                .filter(origin -> origin != Origin.OUTSIDE)
                .isPresent();
        return began
                || other.source().equals(giver.source())
                || reachedFrom(other, all).contains(giver.source());
    }

    private Set<String> reachedFrom(Word word, List<Word> all) {
        Set<String> reached = new HashSet<>();
        List<Word> open = new ArrayList<>(List.of(word));
        while (!open.isEmpty()) {
            ownerOf(open.removeLast())
                    .filter(reached::add)
                    .ifPresent(next -> all.stream()
                            .filter(each -> each.source().equals(next))
                            .forEach(open::add));
        }
        return reached;
    }

    /** Who is put off keeps trying one host, which may have taken the message all the same: its reply may have been lost. */
    private static Optional<String> host(Word word) {
        return HAND_OVERS.contains(word.status()) ? word.recipient().nextHop().map(NextHop::host) : Optional.empty();
    }

    private static HostPattern pattern(String setting, String host) {
        try {
            return HostPattern.of(host);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "The setting mailtrace." + setting + " has the host \"" + host
                            + "\", which is no host name, pattern, address or network.",
                    e,
                    Set.of("mailtrace." + setting));
        }
    }

    private record Entry(HostPattern pattern, String source) {}
}
