package org.mailtrace.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which settings a service knows: those that its properties, its guide, or its settings' interfaces name. */
final class Settings {
    private static final Pattern KEY = Pattern.compile("mailtrace\\.[\\w.\\[\\]<>\"-]+");
    private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"([\\w.]+)\"\\)");
    private static final Pattern PROPERTY = Pattern.compile("(?m)^    [A-Z][\\w<>.]*(?:<[^(]*>)? (\\w+)\\(\\);");

    private Settings() {}

    static Set<String> known(String module) {
        Set<String> keys = new TreeSet<>();
        Path main = Tool.ROOT.resolve(module).resolve("src/main");
        Matcher named = KEY.matcher(text(main.resolve("resources/application.properties")) + guides());
        while (named.find()) {
            keys.add(shape(named.group().replaceAll("\\.$", "")));
        }
        try (Stream<Path> sources = Files.walk(main.resolve("java"))) {
            sources.filter(path -> path.toString().endsWith(".java"))
                    .map(Settings::text)
                    .forEach(source -> {
                        Matcher prefix = PREFIX.matcher(source);
                        if (prefix.find()) {
                            PROPERTY.matcher(source)
                                    .results()
                                    .forEach(property -> keys.add(prefix.group(1) + "." + kebab(property.group(1))));
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sharedStore(keys);
        return keys;
    }

    /** Which services can keep their things in PostgreSQL, by settings that all of them have in common. */
    private static void sharedStore(Set<String> keys) {
        Path settings =
                Tool.ROOT.resolve("trace-postgresql/src/main/java/org/mailtrace/postgresql/PostgresqlSettings.java");
        String schema = ".postgresql.schema";
        for (String key : Set.copyOf(keys)) {
            if (key.endsWith(schema)) {
                PROPERTY.matcher(text(settings))
                        .results()
                        .forEach(property -> keys.add(key.replace(schema, ".postgresql.") + kebab(property.group(1))));
            }
        }
    }

    static Set<String> knownVariables(String module) {
        Set<String> variables = new TreeSet<>();
        known(module).forEach(key -> variables.add(key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_")));
        return variables;
    }

    /** Without the names and numbers of a site. */
    static String shape(String key) {
        return key.replaceAll("\\[[^]]*]", "[0]").replaceAll("servers\\.[^.]+\\.", "servers.NAME.");
    }

    private static String guides() {
        return Stream.of("proofpoint", "onprem-exchange", "exchange-online")
                .map(name -> text(Tool.ROOT.resolve("docs/sources/" + name + ".md")))
                .reduce("", String::concat);
    }

    private static String kebab(String property) {
        return property.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
