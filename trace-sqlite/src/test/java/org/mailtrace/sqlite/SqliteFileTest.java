package org.mailtrace.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/** In a process of its own each: what is loaded once stays. */
class SqliteFileTest {
    @TempDir
    private Path folder;

    @Test
    void itsLibraryIsLoadedAndNothingOfItIsLeft() throws Exception {
        // when
        String said = open("-Dorg.sqlite.tmpdir=" + folder);

        // then
        assertThat(said).isEqualTo("opened, folder null, name null, left []");
    }

    @Test
    void aLibraryThatLiesSomewhereIsTakenFromThere() throws Exception {
        // given
        try (InputStream packed = SQLiteJDBCLoader.class.getResourceAsStream(
                LibraryLoaderUtil.getNativeLibResourcePath() + '/' + LibraryLoaderUtil.getNativeLibName())) {
            Files.copy(packed, folder.resolve("own.so"));
        }

        // when
        String said = open(
                "-Dorg.sqlite.tmpdir=" + folder, "-Dorg.sqlite.lib.path=" + folder, "-Dorg.sqlite.lib.name=own.so");

        // then
        assertThat(said).isEqualTo("opened, folder " + folder + ", name own.so, left [own.so]");
    }

    @Test
    void whereItCannotBeUnpackedTheDriverSaysSo() throws Exception {
        // given
        Path nowhere = folder.resolve("nowhere");

        // when
        String said = open("-Dorg.sqlite.tmpdir=" + nowhere);

        // then
        assertThat(said)
                .startsWith("Error opening connection: No native library found")
                .endsWith("left none");
    }

    @Test
    void nothingOfOneThatCannotBeLoadedIsLeftBesideWhatTheDriverLeaves() throws Exception {
        // given: a library for another processor
        String other = System.getProperty("os.arch").equals("aarch64") ? "amd64" : "aarch64";

        // when
        String said = open("-Dorg.sqlite.tmpdir=" + folder, "-Dos.arch=" + other);

        // then
        assertThat(said).startsWith("Error opening connection: ").doesNotContain("mailtrace-sqlite");
    }

    private String open(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Opening.class.getName(),
                folder.resolve("x.db").toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.strip();
    }
}
