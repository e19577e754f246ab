package org.mailtrace.onprem.live;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.CredentialState;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourcePart;
import org.mailtrace.contract.SourceState;
import org.mailtrace.http.request.Along;
import org.mailtrace.index.IndexRow;
import org.mailtrace.onprem.LiveSettings;
import org.mailtrace.onprem.OnPremSettings;
import org.mailtrace.onprem.live.wsman.BasicChannel;
import org.mailtrace.onprem.live.wsman.Ids;
import org.mailtrace.onprem.live.wsman.KerberosChannel;
import org.mailtrace.onprem.live.wsman.KerberosLogin;
import org.mailtrace.onprem.live.wsman.RemoteShell;
import org.mailtrace.onprem.live.wsman.WsmanChannel;

/** All servers that may be asked themselves. They are asked at once, each on its own: none waits for a dead one. */
@ApplicationScoped
public class LiveServers {
    private static final String CONFIGURATION = "Microsoft.Exchange";

    private final Map<String, LiveServer> servers = new TreeMap<>();
    private final LiveSettings settings;
    private final Clock clock;
    private final Optional<SSLContext> trust;

    @Inject
    LiveServers(OnPremSettings settings, Clock clock, TlsConfigurationRegistry tls) {
        this(settings, clock, trust(settings.live(), tls));
    }

    LiveServers(OnPremSettings settings, Clock clock, Optional<SSLContext> trust) {
        this.settings = settings.live();
        this.clock = clock;
        this.trust = trust;
        settings.servers()
                .forEach((name, server) -> server.live()
                        .ifPresent(access -> servers.put(
                                name,
                                new LiveServer(
                                        name, settings.live(), settings.quietAfter(), shells(name, access), clock))));
    }

    private static Optional<SSLContext> trust(LiveSettings settings, TlsConfigurationRegistry tls) {
        return settings.tlsConfiguration().map(name -> {
            try {
                return tls.get(name).orElseThrow().createSSLContext();
            } catch (Exception e) {
                throw new ConfigurationException(
                        "Set mailtrace.onprem.live.tls-configuration to one that is there and can be read (quarkus.tls."
                                + name + ").",
                        e);
            }
        });
    }

    /** Their names. */
    public Set<String> names() {
        return Collections.unmodifiableSet(servers.keySet());
    }

    /**
     * Asks a question.
     *
     * @param targets which servers, and for what each of them
     * @param wanted whether rows of one message answer the question
     * @param known messages that the index has found and of which these servers may know more
     */
    public LiveAnswer ask(
            Question question, List<LiveTarget> targets, Predicate<List<IndexRow>> wanted, List<MailId> known) {
        LiveInquiry inquiry = new LiveInquiry(
                from -> CmdletPlan.of(question, from, question.to(), settings),
                question.to(),
                followTo(question.to()),
                wanted,
                known);
        return ask(inquiry, targets);
    }

    /** Looks for a message of which only the moment of its first row and its group are known. */
    public LiveAnswer find(Instant firstSeen, List<LiveTarget> targets, Predicate<List<IndexRow>> wanted) {
        Instant to = firstSeen.plusSeconds(1);
        return ask(new LiveInquiry(from -> CmdletPlan.everything(), to, followTo(to), wanted, List.of()), targets);
    }

    /** Looks for more of a message whose id is known. */
    public LiveAnswer find(MailId id, Instant to, List<LiveTarget> targets) {
        return ask(new LiveInquiry(from -> CmdletPlan.byId(id), to, followTo(to), rows -> true, List.of()), targets);
    }

    /** How far before a window the other rows of its messages are looked for. */
    public Duration followWindow() {
        return settings.followWindow();
    }

    /** The circuits towards the servers. */
    public List<CircuitState> circuits() {
        return servers.values().stream().map(LiveServer::circuit).toList();
    }

    /** When any server last answered. */
    public Optional<Instant> lastSuccess() {
        return servers.values().stream()
                .flatMap(server -> server.lastSuccess().stream())
                .max(Instant::compareTo);
    }

    /** Whether the servers accept the account: one that refuses it counts more than the others. */
    public CredentialState credentials() {
        List<CredentialState> states = servers.values().stream()
                .map(server -> server.credentials().state())
                .toList();
        return states.contains(CredentialState.REFUSED)
                ? CredentialState.REFUSED
                : states.contains(CredentialState.WORKING) ? CredentialState.WORKING : CredentialState.UNKNOWN;
    }

    /** Since when that is so. */
    public Optional<Instant> credentialsSince() {
        CredentialState state = credentials();
        return servers.values().stream()
                .map(LiveServer::credentials)
                .filter(each -> each.state() == state)
                .flatMap(each -> each.since().stream())
                .max(Instant::compareTo);
    }

    /** How the way to one server stands; empty for a server that is not asked. Asks nothing. */
    public Optional<SourcePart> standing(String name) {
        return Optional.ofNullable(servers.get(name)).map(server -> LiveStanding.of(name, server));
    }

    private LiveAnswer ask(LiveInquiry inquiry, List<LiveTarget> targets) {
        Pursuit pursuit = new Pursuit(targets.size(), settings.followUps());
        pursuit.found(inquiry.known());
        Collection<IndexRow> rows = Collections.synchronizedList(new ArrayList<>());
        Map<String, LivePart> parts = new TreeMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, Future<LivePart>> asked = new LinkedHashMap<>();
            targets.forEach(target -> asked.put(
                    target.server(),
                    threads.submit(
                            Along.with(() -> servers.get(target.server()).ask(target, inquiry, pursuit, rows)))));
            asked.forEach((server, answer) -> parts.put(server, result(server, answer)));
        }
        List<IndexRow> all = List.copyOf(rows);
        Map<String, List<IndexRow>> groups = all.stream().collect(Collectors.groupingBy(IndexRow::group));
        Set<String> incomplete = pursuit.cut()
                ? groups.entrySet().stream()
                        .filter(group ->
                                idOf(group.getValue()).filter(pursuit::includes).isEmpty())
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet())
                : Set.of();
        return new LiveAnswer(
                parts,
                all,
                incomplete,
                pursuit.cut() ? Optional.of(LiveSentences.followUpsCut(settings.followUps())) : Optional.empty());
    }

    /** The id by which a message is asked for again: the Message-ID, which every version of Exchange knows. */
    static Optional<MailId> idOf(List<IndexRow> rows) {
        List<MailId> ids = rows.stream()
                .flatMap(row -> row.ids().stream())
                .filter(id -> !id.startsWith("reference "))
                .map(MailId::of)
                .toList();
        return ids.stream()
                .filter(id -> id.kind() == MailId.Kind.MESSAGE_ID)
                .findFirst()
                .or(() -> ids.stream().findFirst());
    }

    /** Rows of a message that belongs to the window may follow for as long as a queue holds it. */
    private Instant followTo(Instant to) {
        Instant latest = to.plus(settings.followWindow());
        Instant soon = clock.instant().plus(Duration.ofMinutes(5));
        return latest.isBefore(soon) ? latest : soon;
    }

    private static LivePart result(String server, Future<LivePart> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return LivePart.without(server, SourceState.TIMED_OUT, LiveSentences.slow(server));
        } catch (ExecutionException e) {
            return LivePart.without(server, SourceState.FAILED, LiveSentences.unusable(server));
        }
    }

    private Shells shells(String name, LiveSettings.Access access) {
        if (access.authentication() == LiveSettings.Authentication.BASIC) {
            return new PatientShells(
                    () -> AccessCheck.password(access),
                    password -> shells(
                            name,
                            access,
                            () -> new BasicChannel(access.url(), access.user(), password, settings.maxAnswer(), trust)),
                    clock);
        }
        KerberosLogin login = new KerberosLogin(access.user(), access.keytab().orElseThrow());
        return shells(name, access, () -> new KerberosChannel(access.url(), login, settings.maxAnswer(), trust));
    }

    private Shells shells(String name, LiveSettings.Access access, Channels channels) {
        return deadline -> new LiveSession(
                name,
                RemoteShell.open(
                        channels.open(),
                        access.url(),
                        CONFIGURATION,
                        Ids.random(),
                        settings.operationTimeout(),
                        settings.maxAnswer(),
                        deadline),
                access.timeZone().map(ZoneId::of));
    }

    /** Opens ways to one server. */
    @FunctionalInterface
    private interface Channels {
        WsmanChannel open();
    }
}
