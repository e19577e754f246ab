package org.mailtrace.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A way in which a service is run. */
enum StartWay {
    /** On Java, from its jars. */
    JAVA("Java"),
    /** On Java, with what it learned in an earlier run. */
    AOT("Java, AOT cache"),
    /** As a native executable. */
    NATIVE("native");

    /** What the images tell Java of its heap, besides how large it may become. */
    static final List<String> IMAGES = List.of("-Xms32m", "-XX:NewSize=24m");

    private static final Pattern HEAP = Pattern.compile("-Xmx\\d+m");

    private final String title;

    StartWay(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** As the images run it; empty where it was not built. */
    Optional<List<String>> command(Path service, Path cache) throws IOException {
        String heap = heap(service);
        List<String> java =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        java.addAll(IMAGES);
        java.addAll(List.of(heap, "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        return switch (this) {
            case JAVA -> Optional.of(java);
            case AOT -> {
                // Without this Java would go on silently where the cache does not fit.
                java.addAll(List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on"));
                yield Optional.of(java);
            }
            case NATIVE -> executable(service).map(file -> List.of(file.toString(), heap, "-Xmn24m"));
        };
    }

    /** The heap that the manifests set, as Java is told it. */
    static String heap(Path service) throws IOException {
        String name = service.getFileName().toString().replace("-service", "");
        Matcher heap = HEAP.matcher(Files.readString(service.resolveSibling("k8s/base/" + name + "/deployment.yaml")));
        if (!heap.find()) {
            throw new IllegalStateException("the manifest of " + name + " sets no heap");
        }
        return heap.group();
    }

    /** What follows the settings. */
    List<String> program(Path service) {
        return this == NATIVE ? List.of() : List.of("-jar", runner(service).toString());
    }

    static Path runner(Path service) {
        return service.resolve("target/quarkus-app/quarkus-run.jar");
    }

    private static Optional<Path> executable(Path service) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(service.resolve("target"), "*-runner")) {
            for (Path file : files) {
                if (Files.isExecutable(file)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }
}
