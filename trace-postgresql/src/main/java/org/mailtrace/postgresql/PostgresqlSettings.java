package org.mailtrace.postgresql;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A PostgreSQL database, 15 or later, and how it is used. A group within the settings of a service's store. */
public interface PostgresqlSettings {
    /**
     * The JDBC URL, without account, such as {@code jdbc:postgresql://db.contoso.example/mailtrace?sslmode=verify-full}.
     * Its parameters are those of <a href="https://jdbc.postgresql.org/documentation/use/">the driver</a>.
     */
    Optional<String> url();

    /** The role that the service logs in as. */
    Optional<String> username();

    /** Its password; prefer {@link #passwordFile()}. */
    Optional<String> password();

    /** A file whose first line is the password, read anew for each new connection, so that it can be replaced. */
    Optional<Path> passwordFile();

    /**
     * The schema that the tables stand in. It is made when absent and the role may make it. Two services never share one;
     * replicas of one service do.
     */
    @WithDefault("mailtrace")
    String schema();

    /** How many connections one process uses at the most; opened when needed, closed when idle. */
    @WithDefault("8")
    int poolSize();

    /** How long one statement may take. */
    @WithDefault("30s")
    Duration statementTimeout();

    /** For how long a free connection, an unreachable server and a conflict are waited for, all together. */
    @WithDefault("5s")
    Duration patience();
}
