package org.mailtrace.onprem;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.mailtrace.http.guard.GuardSettings;

/** Numbers of the live way in, for all servers; {@code application.properties} says what each is for. */
@RegisterForReflection
public interface LiveSettings {
    /** How long one question may take, follow-ups included. */
    @WithDefault("12s")
    Duration deadline();

    /** How many shells may be open on one server at once. */
    @WithDefault("2")
    @Min(1)
    @Max(8)
    int sessions();

    /** The most rows that one command may return. */
    @WithDefault("2000")
    @Min(10)
    @Max(20000)
    int resultCap();

    /** After how long a server shall answer that it has nothing yet. */
    @WithDefault("5s")
    Duration operationTimeout();

    /** How long Exchange may keep a row before a search finds it. */
    @WithDefault("30s")
    Duration settling();

    /** The longest window of a question that names no address and no id. */
    @WithDefault("24h")
    Duration widestWindow();

    /** The longest window in which all rows are read because the cmdlet has no filter for the envelope sender. */
    @WithDefault("15m")
    Duration senderWindow();

    /** How far before a window a row is looked for that proves that the server's log goes back to it. */
    @WithDefault("24h")
    Duration witness();

    /** How many messages are asked for again by their id. */
    @WithDefault("50")
    @Min(1)
    @Max(1000)
    int followUps();

    /** How far around the window their other rows are looked for. */
    @WithDefault("2d")
    Duration followWindow();

    /** The most bytes of one answer. */
    @WithDefault("4194304")
    @Min(524288)
    int maxAnswer();

    /** A TLS configuration (quarkus.tls) that knows the authority of servers with a private certificate. */
    Optional<String> tlsConfiguration();

    /** The guard in front of each server. */
    GuardSettings guard();

    /** How one server is reached. */
    interface Access {
        /** The address of its PowerShell endpoint, such as {@code https://exch01.rivercounty.example/PowerShell/}. */
        URI url();

        /** How the service proves who it is. */
        Authentication authentication();

        /** The account; for Kerberos its user principal name. */
        String user();

        /** Its password, for basic authentication. */
        Optional<String> password();

        /** A file that holds the password. */
        Optional<Path> passwordFile();

        /** Its key table, for Kerberos. */
        Optional<Path> keytab();

        /** The server's time zone, for times that it sends without one. */
        Optional<String> timeZone();
    }

    /** How a service proves who it is. */
    enum Authentication {
        BASIC,
        KERBEROS
    }
}
