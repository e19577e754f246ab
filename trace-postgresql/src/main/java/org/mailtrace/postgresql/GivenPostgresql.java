package org.mailtrace.postgresql;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings for a program that has no configuration, such as a benchmark. */
public record GivenPostgresql(
        Optional<String> url,
        Optional<String> username,
        Optional<String> password,
        Optional<Path> passwordFile,
        String schema,
        int poolSize,
        Duration statementTimeout,
        Duration patience)
        implements PostgresqlSettings {

    /** A database whose role needs no password, with the same numbers as without a setting. */
    public static GivenPostgresql at(String url, String username, String schema) {
        return new GivenPostgresql(
                Optional.of(url),
                Optional.of(username),
                Optional.empty(),
                Optional.empty(),
                schema,
                8,
                Duration.ofSeconds(30),
                Duration.ofSeconds(5));
    }

    /** The same with other times. */
    public GivenPostgresql within(Duration otherStatementTimeout, Duration otherPatience) {
        return new GivenPostgresql(
                url, username, password, passwordFile, schema, poolSize, otherStatementTimeout, otherPatience);
    }

    /** The same with so many connections at the most. */
    public GivenPostgresql withPoolSize(int connections) {
        return new GivenPostgresql(
                url, username, password, passwordFile, schema, connections, statementTimeout, patience);
    }

    /** The same with a password that stands in a file. */
    public GivenPostgresql withPasswordFile(Path file) {
        return new GivenPostgresql(
                url, username, password, Optional.of(file), schema, poolSize, statementTimeout, patience);
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "GivenPostgresql[schema=" + schema + "]";
    }
}
