package org.mailtrace.gateway.callback;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.mailtrace.gateway.words.CallbackWords;

/**
 * Keeps call-backs from reaching what only this machine can reach. A name is looked up once, all its addresses must be
 * fine, and one of those very addresses is called.
 */
final class Guard {
    private static final int MAX_URL = 2000;
    private static final Pattern DOTTED =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)");
    /** What some programs read as an IPv4 address: its last part begins with a digit. */
    private static final Pattern NUMBER_LIKE = Pattern.compile("(?:.*\\.)?\\d[0-9a-fx]*\\.?");

    private static final Pattern NAME = Pattern.compile("[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?");

    private final boolean plainHttp;
    private final List<String> hosts;
    private final List<Network> networks;
    private final Networks known = new Networks();
    private final Names names;

    Guard(CallbackSettings settings, Names names) {
        this.plainHttp = settings.plainHttp();
        this.names = names;
        List<String> allowed = settings.allowed().orElse(List.of()).stream()
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .toList();
        this.hosts = allowed.stream().filter(entry -> !isNetwork(entry)).toList();
        this.networks =
                allowed.stream().filter(Guard::isNetwork).map(Guard::network).toList();
    }

    /** The form alone: what is wrong with it, if anything is. */
    Target target(String url) throws RefusedException {
        URI uri = parsed(url);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!Set.of("http", "https").contains(scheme) || (scheme.equals("http") && !plainHttp)) {
            throw new RefusedException(plainHttp ? CallbackWords.SCHEME : CallbackWords.HTTPS);
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new RefusedException(CallbackWords.FORM);
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        int port = uri.getPort() == -1 ? (scheme.equals("https") ? 443 : 80) : uri.getPort();
        if (port < 1 || port > 65535) {
            throw new RefusedException(CallbackWords.FORM);
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new Target(
                scheme.equals("https"), bare, port, uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    }

    /**
     * The address to call.
     *
     * @throws UnknownHostException if the name has none at the moment
     * @throws RefusedException if it has one that may not be called
     */
    InetAddress address(Target target) throws RefusedException, UnknownHostException {
        List<InetAddress> addresses = addresses(target.host());
        for (InetAddress address : addresses) {
            if (!known.isPublic(address) && !isAllowed(target.host(), address)) {
                throw new RefusedException(CallbackWords.PRIVATE);
            }
        }
        return addresses.getFirst();
    }

    private List<InetAddress> addresses(String host) throws RefusedException, UnknownHostException {
        if (host.startsWith("[")) {
            if (host.contains("%") || !host.endsWith("]")) {
                throw new RefusedException(CallbackWords.FORM);
            }
            return List.of(InetAddress.getByName(host));
        }
        if (DOTTED.matcher(host).matches()) {
            return List.of(InetAddress.getByName(host));
        }
        if (NUMBER_LIKE.matcher(host).matches() || !NAME.matcher(host).matches()) {
            throw new RefusedException(CallbackWords.ODD_ADDRESS);
        }
        InetAddress[] found = names.lookUp(host);
        if (found.length == 0) {
            throw new UnknownHostException(host);
        }
        return List.of(found);
    }

    private boolean isAllowed(String host, InetAddress address) {
        return hosts.stream()
                        .anyMatch(entry -> entry.startsWith("*.")
                                ? host.endsWith(entry.substring(1)) && host.length() > entry.length() - 1
                                : host.equals(entry))
                || networks.stream().anyMatch(network -> network.holds(address));
    }

    private static URI parsed(String url) throws RefusedException {
        if (url.length() > MAX_URL) {
            throw new RefusedException(CallbackWords.FORM);
        }
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new RefusedException(CallbackWords.FORM);
        }
    }

    private static boolean isNetwork(String entry) {
        return entry.contains("/")
                || entry.contains(":")
                || DOTTED.matcher(entry).matches();
    }

    private static Network network(String entry) {
        return parsedNetwork(entry)
                .orElseThrow(() -> new ConfigurationException(
                        "The setting mailtrace.callbacks.allowed names \"" + entry + "\", which is no network.",
                        Set.of("mailtrace.callbacks.allowed")));
    }

    private static Optional<Network> parsedNetwork(String entry) {
        try {
            return Optional.of(Network.of(entry));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
