package org.mailtrace.k8s;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Which settings of Quarkus a packaged service takes at run time. Quarkus passes over names that it does not know, and over
 * those that were decided when the service was built; so a misspelt one does nothing, silently. Its extensions list their
 * settings in their own jars.
 */
final class QuarkusSettings {
    private static final String MODEL = "META-INF/quarkus-config-doc/quarkus-config-model.json";
    private static final Map<String, QuarkusSettings> READ = new ConcurrentHashMap<>();

    private final Set<String> variables;
    private final Pattern properties;

    private QuarkusSettings(Set<String> names) {
        this.variables = names.stream().map(QuarkusSettings::variable).collect(Collectors.toSet());
        // What stands in quotation marks there is a name that whoever sets it chooses.
        this.properties = Pattern.compile(names.stream()
                .map(name -> Pattern.quote(name).replaceAll("\"[^\"]*\"", "\\\\E(?:\"[^\"]+\"|[^.]+)\\\\Q"))
                .collect(Collectors.joining("|")));
    }

    /** Those of a module; where it was not packaged the test is skipped. */
    static QuarkusSettings of(String module) {
        Path libraries = Tool.ROOT.resolve(module).resolve("target/quarkus-app/lib");
        assumeThat(libraries)
                .as("%s is not built, so its settings are not checked: ./mvnw -DskipTests package", module)
                .exists();
        return READ.computeIfAbsent(module, unread -> new QuarkusSettings(names(libraries)));
    }

    boolean knows(String property) {
        return properties.matcher(property).matches();
    }

    boolean knowsVariable(String variable) {
        return variables.contains(variable);
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static Set<String> names(Path libraries) {
        try (Stream<Path> files = Files.walk(libraries)) {
            Set<String> names = new HashSet<>();
            List<Path> jars =
                    files.filter(file -> file.toString().endsWith(".jar")).toList();
            for (Path jar : jars) {
                try (ZipFile zip = new ZipFile(jar.toFile())) {
                    ZipEntry model = zip.getEntry(MODEL);
                    if (model != null) {
                        Cluster.JSON
                                .readTree(zip.getInputStream(model))
                                .path("configRoots")
                                .forEach(root -> collect(root, names));
                    }
                }
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(JsonNode item, Set<String> names) {
        if (item.path("phase").asText().equals("RUN_TIME")) {
            Stream.concat(Stream.of(item.path("path")), Cluster.each(item.path("additionalPaths")))
                    .map(path -> path.path("property").asText())
                    .filter(name -> !name.isEmpty())
                    .forEach(names::add);
        }
        item.path("items").forEach(inner -> collect(inner, names));
    }
}
