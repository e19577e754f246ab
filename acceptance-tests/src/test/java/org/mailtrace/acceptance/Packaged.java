package org.mailtrace.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A service as it is shipped: its native executable where the build was told to make those ({@code -Dnative}), and its jar
 * otherwise. The tests are the same for both.
 */
final class Packaged {
    /** Whether native executables are tested; one that is missing is then a failure, never a reason to take the jar. */
    static final boolean NATIVE = Boolean.getBoolean("native.executables");

    private Packaged() {}

    /**
     * The command that starts it.
     *
     * @param service as {@code ./mailtrace} calls it
     * @param settings what it is told, by name
     */
    static List<String> command(String service, Map<String, String> settings) {
        List<String> command = new ArrayList<>();
        if (NATIVE) {
            command.addAll(List.of(executable(service).toString(), "-Xmx96m"));
            addAll(settings, command);
            return command;
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
        addAll(settings, command);
        command.addAll(List.of(
                "-jar", target(service).resolve("quarkus-app/quarkus-run.jar").toString()));
        return command;
    }

    /**
     * The command that starts it as its container does.
     *
     * @param options for the Java machine, or for the native executable, which takes the same
     */
    static List<String> command(String service, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(
                NATIVE && !service.equals("stand-ins")
                        ? executable(service).toString()
                        : Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString());
        command.addAll(options);
        if (!NATIVE || service.equals("stand-ins")) {
            command.addAll(List.of(
                    "-XX:+UseSerialGC",
                    "--enable-native-access=ALL-UNNAMED",
                    "-jar",
                    target(service).resolve("quarkus-app/quarkus-run.jar").toString()));
        }
        return command;
    }

    /** The folder with the libraries that it is made of. */
    static Path libraries(String service) {
        return NATIVE
                ? only(target(service), "-native-image-source-jar").resolve("lib")
                : target(service).resolve("quarkus-app/lib");
    }

    static Path target(String service) {
        return Launcher.ROOT.resolve((service.equals("stand-ins") ? "simulators" : service + "-service") + "/target");
    }

    private static Path executable(String service) {
        Path file = only(target(service), "-runner");
        if (!Files.isExecutable(file)) {
            throw new IllegalStateException(file + " cannot be executed");
        }
        return file;
    }

    private static Path only(Path folder, String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(ending)).toList();
            if (found.size() != 1) {
                throw new IllegalStateException("one file *" + ending + " is needed in " + folder + ": " + found);
            }
            return found.getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addAll(Map<String, String> settings, List<String> command) {
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    }
}
