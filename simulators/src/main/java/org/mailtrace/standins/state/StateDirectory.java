package org.mailtrace.standins.state;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailtrace.standins.StandInsConfig;

/** Empties what an earlier start of the stand-ins left, and nothing else. */
@ApplicationScoped
public class StateDirectory {
    private static final String MARK = ".written-by-mailtrace-stand-ins";
    private static final Pattern OURS = Pattern.compile("tracking-logs/[^/]+/MSGTRK(MD|MS)?\\d{10}-\\d+\\.LOG"
            + "|config/(gateway|proofpoint|onprem-exchange|exo)\\.properties"
            + "|config/exo-(certificate|key)\\.pem"
            + "|index/(tracking|proofpoint)-index\\.[^/]+"
            + "|store/(exo\\.|files/)[^/]+");

    private final Path root;

    StateDirectory(StandInsConfig config) {
        this.root = config.state().toAbsolutePath().normalize();
    }

    /** Where the log files of one server are. */
    public Path trackingLogs(String server) {
        return root.resolve("tracking-logs").resolve(server);
    }

    /** The file of the on-premises service's index. */
    public Path indexFile() {
        return root.resolve("index").resolve("tracking-index.sqlite");
    }

    /** The file of the Proofpoint service's index. */
    Path proofpointIndexFile() {
        return root.resolve("index").resolve("proofpoint-index.sqlite");
    }

    /** The file of the Exchange Online service's jobs and quota. */
    Path exoStoreFile() {
        return root.resolve("store").resolve("exo.sqlite");
    }

    /** The file of the gateway's reports and call-backs. */
    Path gatewayStoreFile() {
        return root.resolve("store").resolve("gateway.sqlite");
    }

    /** Where the Exchange Online service keeps the files of historical searches that were handed in. */
    Path exoFilesDirectory() {
        return root.resolve("store").resolve("files");
    }

    /** Writes a file beside the services' settings that only its owner can read. */
    public void writeSecret(String file, String text) {
        Path path = config(file);
        try {
            Files.deleteIfExists(path);
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be written.", e);
        }
    }

    Path config(String file) {
        return root.resolve("config").resolve(file);
    }

    /**
     * Removes an earlier start's files and makes the directories.
     *
     * @throws IllegalStateException if the directory holds such files but was not made by the stand-ins
     */
    public void makeFresh() {
        try {
            List<Path> old = earlierFiles();
            if (!old.isEmpty() && Files.notExists(root.resolve(MARK))) {
                throw new IllegalStateException("mailtrace.standins.state is " + root
                        + ", which holds files that the stand-ins did not write: name an empty directory.");
            }
            for (Path file : old) {
                Files.delete(file);
            }
            Files.createDirectories(root.resolve("config"));
            Files.createDirectories(indexFile().getParent());
            Files.createDirectories(exoStoreFile().getParent());
            Files.createDirectories(gatewayStoreFile().getParent());
            if (Files.notExists(root.resolve(MARK))) {
                Files.createFile(root.resolve(MARK));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("mailtrace.standins.state: " + root + " cannot be written.", e);
        }
    }

    private List<Path> earlierFiles() throws IOException {
        if (Files.notExists(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root, 3)) {
            return files.filter(Files::isRegularFile).filter(this::isOurs).toList();
        }
    }

    private boolean isOurs(Path file) {
        String relative = root.relativize(file).toString().replace('\\', '/');
        return OURS.matcher(relative).matches();
    }
}
