package org.mailtrace.exo.history;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of reports that wait for one, on disk as they came. A file appears under its report's name only when it is
 * whole, and the first one stays: a report that is being read never changes under its reader.
 */
@ApplicationScoped
class ReportFiles {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final String WHOLE = ".csv";
    private static final String PART = ".part";

    /** No upload goes so long without a byte. */
    private static final Duration PART_LIFE = Duration.ofHours(1);

    private final Path directory;
    private final long maxBytes;
    private final Clock clock;

    ReportFiles(HistorySettings settings, Clock clock) {
        this.clock = clock;
        this.directory = settings.directory().toAbsolutePath();
        this.maxBytes = settings.maxFileBytes();
    }

    /** The file of a report, if it has one. */
    Optional<Path> of(String reportId) {
        return Optional.of(path(reportId)).filter(Files::isRegularFile);
    }

    /**
     * Writes a stream to disk, not yet as anybody's file.
     *
     * @throws TooLargeException if it is longer than a file may be; nothing is left of it
     */
    Path receive(InputStream bytes) throws IOException {
        Files.createDirectories(directory, ownerOnly("rwx------"));
        Path part = directory.resolve(UUID.randomUUID() + PART);
        Files.createFile(part, ownerOnly("rw-------"));
        try (OutputStream out = Files.newOutputStream(part)) {
            byte[] buffer = new byte[1 << 16];
            long length = 0;
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                length += read;
                if (length > maxBytes) {
                    throw new TooLargeException();
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        return part;
    }

    /**
     * Makes what was received a report's file.
     *
     * @return false if it has one already
     */
    boolean keep(Path part, String reportId) throws IOException {
        try {
            // A link, because a move would replace a file that came meanwhile.
            Files.createLink(path(reportId), part);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    void discard(Path part) throws IOException {
        Files.deleteIfExists(part);
    }

    /** The reports that have a file. */
    List<String> reports() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(WHOLE))
                    .map(name -> name.substring(0, name.length() - WHOLE.length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the files of reports cannot be listed", e);
        }
    }

    /** Removes what a killed process was receiving. */
    void removeOldParts() throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        Instant old = clock.instant().minus(PART_LIFE);
        try (Stream<Path> parts = Files.list(directory)) {
            for (Path part :
                    parts.filter(path -> path.toString().endsWith(PART)).toList()) {
                if (Files.getLastModifiedTime(part).toInstant().isBefore(old)) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }

    void remove(String reportId) throws IOException {
        Files.deleteIfExists(path(reportId));
    }

    /** The files hold who wrote to whom: only the service's own account may read them. */
    private FileAttribute<?>[] ownerOnly(String rights) {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }

    private Path path(String reportId) {
        if (!ID.matcher(reportId).matches()) {
            throw new IllegalArgumentException("no id of a report");
        }
        return directory.resolve(reportId + WHOLE);
    }

    /** The file is longer than a file may be. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException() {
            super("the file is too large");
        }
    }
}
