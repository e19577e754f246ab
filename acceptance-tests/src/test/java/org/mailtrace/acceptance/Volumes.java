package org.mailtrace.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The volumes of one container as temporary folders; claims of the same name are the same folder for all. */
final class Volumes {
    private final Manifests manifests;
    private final Secrets secrets;
    /** Folders by the path at which they are mounted, and those of them that may be written to. */
    private final Map<String, Path> mounted =
            new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    private final Map<String, Path> writable = new HashMap<>();
    private final Pattern paths;

    Volumes(JsonNode deployment, JsonNode container, Manifests manifests, Secrets secrets, Path folder) {
        this.manifests = manifests;
        this.secrets = secrets;
        String owner = deployment.at("/metadata/name").asText();
        Map<String, JsonNode> volumes = Manifests.each(deployment.at("/spec/template/spec/volumes"))
                .collect(Collectors.toMap(volume -> volume.path("name").asText(), volume -> volume));
        Manifests.each(container.path("volumeMounts")).forEach(mount -> {
            JsonNode volume = volumes.get(mount.path("name").asText());
            JsonNode claim = volume.at("/persistentVolumeClaim/claimName");
            Path place = folder.resolve(
                    claim.isMissingNode() ? owner + "-" + volume.path("name").asText() : "claim-" + claim.asText());
            String path = mount.path("mountPath").asText();
            mounted.put(path, place);
            if (!mount.path("readOnly").asBoolean()) {
                writable.put(path, place);
            }
        });
        this.paths = Pattern.compile("(?<![\\w./-])("
                + mounted.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|")) + ")(?![\\w.-])");
        mounted.forEach((path, place) -> fill(
                place,
                volumes.values().stream()
                        .filter(volume ->
                                place.endsWith(owner + "-" + volume.path("name").asText()))
                        .toList()));
        writable.values().forEach(place -> permit(place, "rwxrwxrwx"));
    }

    /** A text in which every path below a mounted volume is that of its folder. */
    String onThisMachine(String text) {
        return paths.matcher(text)
                .replaceAll(found -> mounted.get(found.group(1)).toString());
    }

    List<Path> writable() {
        return List.copyOf(writable.values());
    }

    private void fill(Path place, List<JsonNode> volumes) {
        try {
            if (!Files.exists(place)) {
                Files.createDirectory(place);
                permit(place, "rwxr-xr-x");
            }
            for (JsonNode volume : volumes) {
                for (Map.Entry<String, String> file : files(volume).entrySet()) {
                    Files.writeString(place.resolve(file.getKey()), file.getValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> files(JsonNode volume) {
        Map<String, String> files = new HashMap<>();
        add(files, volume);
        Manifests.each(volume.at("/projected/sources")).forEach(source -> add(files, source));
        return files;
    }

    private void add(Map<String, String> files, JsonNode source) {
        JsonNode map = source.path("configMap");
        manifests
                .content("ConfigMap", map.path("name").asText())
                .ifPresent(content -> content.path("data")
                        .properties()
                        .forEach(entry -> files.put(
                                entry.getKey(), onThisMachine(entry.getValue().asText()))));
        JsonNode secret = source.path("secret");
        if (!secret.isMissingNode()) {
            Manifests.each(secret.path("items"))
                    .forEach(item -> secrets.value(
                                    secret.path("name").asText(),
                                    item.path("key").asText())
                            .ifPresent(value -> files.put(item.path("path").asText(), value)));
            files.putAll(secrets.files(secret.path("secretName").asText()));
        }
    }

    private static void permit(Path place, String rights) {
        try {
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(rights));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
