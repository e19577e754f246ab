package org.mailtrace.sqlite;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Loads SQLite's library quickly, where it is one for Linux with glibc. The driver starts a process to learn what system it is on, looks
 * through the folder for temporary files, unpacks the library, reads it again byte by byte with a lock for each, and leaves it until
 * the process ends in good order: that was half of what a native executable did until it was ready. Here it is unpacked, loaded and gone.
 * Everything else, and whatever fails, is left to the driver, which says what is wrong.
 */
final class SqliteLibrary {
    private static final String FOLDER = "org.sqlite.lib.path";
    private static final String NAME = "org.sqlite.lib.name";
    private static final String TEMPORARY = "org.sqlite.tmpdir";

    /** What the driver calls the processors. */
    private static final Map<String, String> ARCHITECTURES =
            Map.of("amd64", "x86_64", "x86_64", "x86_64", "aarch64", "aarch64");

    private static final String FILE = "libsqlitejdbc.so";

    private static boolean tried;

    private SqliteLibrary() {}

    /** Does nothing from the second time on, nor where {@code org.sqlite.lib.path} tells the driver where the library is. */
    static synchronized void load() {
        String architecture = ARCHITECTURES.get(System.getProperty("os.arch"));
        if (tried || System.getProperty(FOLDER) != null || architecture == null || !isGlibc(architecture)) {
            return;
        }
        tried = true;
        try {
            unpackAndLoad("/org/sqlite/native/Linux/" + architecture + '/' + FILE);
        } catch (IOException e) {
            // The driver tries it in its own way when a file is opened, and that error is told.
            return;
        }
    }

    /** Where musl's loader lies as well, as on Debian with its package, the driver finds out which of the two is used. */
    private static boolean isGlibc(String architecture) {
        return "Linux".equals(System.getProperty("os.name"))
                && Files.notExists(Path.of("/lib/ld-musl-" + architecture + ".so.1"));
    }

    /** In a folder of its own, because the driver looks through it; what is loaded stays loaded without its file. */
    private static void unpackAndLoad(String resource) throws IOException {
        Path temporary = Path.of(System.getProperty(TEMPORARY, System.getProperty("java.io.tmpdir")));
        Path folder = Files.createTempDirectory(temporary, "mailtrace-sqlite-").toAbsolutePath();
        try (InputStream packed = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (packed == null) {
                throw new FileNotFoundException(resource);
            }
            Files.copy(packed, folder.resolve(FILE));
            loadFrom(folder);
        } finally {
            remove(folder);
        }
    }

    /** With what the driver leaves there where it cannot load its own either. */
    private static void remove(Path folder) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (Path each : left) {
                Files.deleteIfExists(each);
            }
            Files.deleteIfExists(folder);
        } catch (IOException | DirectoryIteratorException e) {
            // What cannot be removed takes room and does no other harm.
            return;
        }
    }

    private static void loadFrom(Path folder) throws IOException {
        Map<String, String> before = new LinkedHashMap<>();
        for (String property : new String[] {FOLDER, NAME, TEMPORARY}) {
            before.put(property, System.getProperty(property));
        }
        System.setProperty(FOLDER, folder.toString());
        System.setProperty(NAME, FILE);
        System.setProperty(TEMPORARY, folder.toString());
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            throw new IOException("SQLite's library could not be loaded", e);
        } finally {
            before.forEach(SqliteLibrary::setBack);
        }
    }

    private static void setBack(String property, String before) {
        if (before == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, before);
        }
    }
}
