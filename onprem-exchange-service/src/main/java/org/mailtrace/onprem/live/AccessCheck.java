package org.mailtrace.onprem.live;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.onprem.LiveSettings;

/** What is wrong with the way to a server; one sentence, or nothing. */
public final class AccessCheck {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private AccessCheck() {}

    /** The first fault. */
    public static Optional<String> faultIn(String server, LiveSettings.Access access) {
        String name = "mailtrace.onprem.servers." + server + ".live.";
        URI url = access.url();
        String scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        boolean isHttps = scheme.equals("https");
        if (url.getHost() == null || !(isHttps || scheme.equals("http"))) {
            return Optional.of(
                    name + "url must be the https or http address of the server's PowerShell endpoint, such as "
                            + "https://exch01.rivercounty.example/PowerShell/.");
        }
        if (access.timeZone().filter(zone -> !isZone(zone)).isPresent()) {
            return Optional.of(name + "time-zone must be a zone such as Europe/Vienna, or UTC.");
        }
        return access.authentication() == LiveSettings.Authentication.BASIC
                ? basic(name, access, isHttps || THIS_MACHINE.contains(url.getHost()))
                : kerberos(name, access);
    }

    private static Optional<String> basic(String name, LiveSettings.Access access, boolean isPrivate) {
        if (!isPrivate) {
            return Optional.of(name + "authentication=basic would send the password in clear text over http; use an "
                    + "https address, or kerberos.");
        }
        if (access.password().isPresent() == access.passwordFile().isPresent()) {
            return Optional.of(
                    "Set one of " + name + "password and " + name + "password-file for basic authentication.");
        }
        if (access.keytab().isPresent()) {
            return Optional.of(name + "keytab is for kerberos; remove it, or set " + name + "authentication=kerberos.");
        }
        return access.passwordFile().flatMap(file -> unreadable(name + "password-file", file));
    }

    private static Optional<String> kerberos(String name, LiveSettings.Access access) {
        if (access.password().isPresent() || access.passwordFile().isPresent()) {
            return Optional.of("Kerberos works with a key table: set " + name + "keytab instead of a password.");
        }
        if (access.keytab().isEmpty()) {
            return Optional.of("Set " + name + "keytab for kerberos.");
        }
        if (!access.user().contains("@")) {
            return Optional.of(name + "user must be a user principal name such as svc-trace@RIVERCOUNTY.EXAMPLE.");
        }
        return unreadable(name + "keytab", access.keytab().get());
    }

    private static boolean isZone(String text) {
        try {
            ZoneId.of(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Optional<String> unreadable(String name, Path file) {
        return Files.isReadable(file) && Files.isRegularFile(file)
                ? Optional.empty()
                : Optional.of(name + " names a file that is not there or may not be read.");
    }

    /** The password, without the line end that editors leave behind it. */
    static String password(LiveSettings.Access access) {
        return access.password().orElseGet(() -> {
            try {
                return Files.readString(access.passwordFile().orElseThrow()).replaceAll("[\\r\\n]+$", "");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }
}
