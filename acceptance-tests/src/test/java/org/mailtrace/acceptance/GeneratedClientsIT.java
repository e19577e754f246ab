package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Clients that openapi-generator makes of the served description compile, and fetch a trace from what is running. */
@ExtendWith(RunningMailtrace.class)
@ResourceLock(value = RunningMailtrace.IT, mode = ResourceAccessMode.READ)
class GeneratedClientsIT {
    private static final Path WORK = Path.of("target/clients").toAbsolutePath();
    private static final Path SOURCES = Path.of("src/test/clients").toAbsolutePath();
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @BeforeAll
    static void generateBoth() throws IOException {
        Files.createDirectories(WORK);
        Files.writeString(
                WORK.resolve("openapi.json"),
                Gateway.anonymous().get(Gateway.URL + "/openapi-3.0.json").asString());
        Path java = order(
                "java",
                Map.of(
                        "library", "native",
                        "openApiNullable", "false",
                        "useJakartaEe", "true",
                        "invokerPackage", "client",
                        "apiPackage", "client.api",
                        "modelPackage", "client.model"));
        Path typescript = order("typescript-fetch", Map.of("supportsES6", "true"));
        run(
                List.of(
                        JAVA,
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        System.getProperty("openapi-generator"),
                        "batch",
                        java.toString(),
                        typescript.toString()),
                Map.of());
    }

    @Test
    void inJava() throws IOException {
        // given
        Path program = SOURCES.resolve("java/FetchATrace.java");
        List<String> compile = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                "-proc:none",
                "-nowarn",
                "-d",
                WORK.resolve("classes").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.toString()));
        try (Stream<Path> files = Files.walk(WORK.resolve("java/src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> compile.add(file.toString()));
        }

        // when
        run(compile, Map.of());
        String output = run(
                List.of(
                        JAVA,
                        "-cp",
                        WORK.resolve("classes") + File.pathSeparator + System.getProperty("java.class.path"),
                        "FetchATrace"),
                whoAsks());

        // then
        assertFetched(output);
    }

    @Test
    void inTypeScript() throws IOException {
        // given
        assumeThat(List.of("node", "npm"))
                .as("node and npm are needed on the PATH for the TypeScript client; it is not tested here")
                .allMatch(GeneratedClientsIT::isOnThePath);
        Launcher.Result installed = Launcher.execute(
                List.of(
                        "npm",
                        "install",
                        "--prefix",
                        WORK.resolve("npm").toString(),
                        "--no-audit",
                        "--no-fund",
                        "typescript@" + System.getProperty("typescript")),
                Map.of());
        assumeThat(installed.exitCode())
                .as(
                        "npm could not fetch the TypeScript compiler; the client is not tested here: %s",
                        installed.output())
                .isZero();
        for (String name : List.of("fetch-a-trace.ts", "tsconfig.json")) {
            Files.copy(
                    SOURCES.resolve("typescript").resolve(name),
                    WORK.resolve(name),
                    StandardCopyOption.REPLACE_EXISTING);
        }

        // when
        run(
                List.of(
                        "node",
                        WORK.resolve("npm/node_modules/typescript/bin/tsc").toString(),
                        "-p",
                        WORK.resolve("tsconfig.json").toString()),
                Map.of());
        String output = run(List.of("node", WORK.resolve("out/fetch-a-trace.js").toString()), whoAsks());

        // then
        assertFetched(output);
    }

    private static void assertFetched(String output) {
        assertThat(output)
                .contains("subject=Autumn offers", "outcome=QUARANTINED")
                .containsPattern("events=[1-9]");
    }

    /** What openapi-generator reads of one client. */
    private static Path order(String generator, Map<String, String> properties) throws IOException {
        Path order = WORK.resolve(generator + ".json");
        new ObjectMapper()
                .writeValue(
                        order.toFile(),
                        Map.of(
                                "generatorName", generator,
                                "inputSpec", WORK.resolve("openapi.json").toString(),
                                "outputDir",
                                        WORK.resolve(generator.equals("java") ? "java" : "client")
                                                .toString(),
                                "additionalProperties", properties,
                                "globalProperties",
                                        Map.of(
                                                "apiDocs",
                                                "false",
                                                "modelDocs",
                                                "false",
                                                "apiTests",
                                                "false",
                                                "modelTests",
                                                "false")));
        return order;
    }

    private static Map<String, String> whoAsks() {
        return Map.of("MAILTRACE_URL", Gateway.URL, "MAILTRACE_TOKEN", Gateway.token("helpdesk"));
    }

    private static boolean isOnThePath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String run(List<String> command, Map<String, String> environment) {
        Launcher.Result result = Launcher.execute(command, environment);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }
}
