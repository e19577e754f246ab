package org.mailtrace.postgresql;

import io.agroal.api.security.SimplePassword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.mailtrace.postgresql.PostgresqlException.Reason;

/**
 * The password that stands in a file's first line at the moment in which a connection is opened, so that it can be replaced
 * while the service runs. A file that cannot be read for a moment, because it is being replaced, does not take the one away that
 * was read before.
 */
final class PasswordFile extends SimplePassword {
    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private volatile String last;

    private PasswordFile(Path file, String first) {
        super("");
        this.file = file;
        this.last = first;
    }

    /**
     * Reads it for the first time.
     *
     * @throws PostgresqlException if it cannot be read
     */
    static PasswordFile of(Path file) {
        return new PasswordFile(
                file,
                read(file)
                        .orElseThrow(() -> new PostgresqlException(
                                Reason.REFUSED, "The file with the password cannot be read, or is empty.")));
    }

    /** Asked by the pool for each new connection. */
    @Override
    public Properties asProperties() {
        read(file).ifPresent(now -> last = now);
        Properties properties = new Properties();
        properties.setProperty("password", last);
        return properties;
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.readString(file).lines().findFirst().filter(line -> !line.isEmpty());
        } catch (IOException e) {
            System.getLogger(PasswordFile.class.getName())
                    .log(System.Logger.Level.WARNING, "the file with the database's password cannot be read", e);
            return Optional.empty();
        }
    }
}
