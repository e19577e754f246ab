package org.mailtrace.sqlite;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Loads SQLite's library quickly. The driver unpacks it, reads it again byte by byte with a lock for each, and leaves it until
 * the process ends in good order: that was 40 % of what a native executable did until it was ready. Here it is unpacked, loaded and gone.
 * Whatever cannot be done is left to the driver, which says what is wrong.
 */
final class SqliteLibrary {
    private static final String FOLDER = "org.sqlite.lib.path";
    private static final String NAME = "org.sqlite.lib.name";

    private static boolean tried;

    private SqliteLibrary() {}

    /** Does nothing from the second time on, nor where {@code org.sqlite.lib.path} tells the driver where the library is. */
    static synchronized void load() {
        if (tried) {
            return;
        }
        tried = true;
        if (System.getProperty(FOLDER) == null && System.getProperty(NAME) == null) {
            try {
                load(unpack());
            } catch (IOException | RuntimeException e) {
                // The driver tries it in its own way when the file is opened, and that error is told.
                return;
            }
        }
    }

    private static void load(Path library) throws IOException {
        System.setProperty(FOLDER, library.getParent().toString());
        System.setProperty(NAME, library.getFileName().toString());
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            throw new IOException("SQLite's library could not be loaded", e);
        } finally {
            System.clearProperty(FOLDER);
            System.clearProperty(NAME);
            remove(library);
        }
    }

    /** What is loaded stays loaded without its file, but for Windows, which keeps it as long as it is used. */
    private static void remove(Path library) {
        try {
            Files.deleteIfExists(library);
        } catch (IOException e) {
            library.toFile().deleteOnExit();
        }
    }

    /** Into the folder that the driver would take. */
    private static Path unpack() throws IOException {
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + '/' + LibraryLoaderUtil.getNativeLibName();
        try (InputStream packed = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (packed == null) {
                throw new FileNotFoundException(resource);
            }
            Path folder = Path.of(System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir")));
            Path library = Files.createTempFile(folder, "mailtrace-", '-' + LibraryLoaderUtil.getNativeLibName());
            try {
                Files.copy(packed, library, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                remove(library);
                throw e;
            }
            return library.toAbsolutePath();
        }
    }
}
