package org.mailtrace.standins.story;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads story files; refuses all of them with every fault if one cannot be played. */
public final class StoryLoader {
    private static final Set<String> KEYS = Set.of("organisation", "stories");

    private record Document(Faults faults, Fields fields) {}

    private final Instant start;

    /**
     * Prepares to read.
     *
     * @param start what relative times are relative to
     */
    public StoryLoader(Instant start) {
        this.start = start;
    }

    /** Reads every {@code *.yaml} of a directory, in the order of their names. */
    public StoryBook loadDirectory(Path directory) {
        Map<String, String> texts = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                texts.put(file.toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The stories in " + directory + " cannot be read.", e);
        }
        if (texts.isEmpty()) {
            throw new StoriesRefusedException(
                    List.of(new StoryFault(directory.toString(), 0, "there is no *.yaml in this directory")));
        }
        return load(texts);
    }

    /**
     * Reads the texts of story files.
     *
     * @param texts file name to text
     */
    public StoryBook load(Map<String, String> texts) {
        List<Document> documents = new ArrayList<>();
        List<Faults> all = new ArrayList<>();
        texts.forEach((file, text) -> {
            Faults faults = new Faults(file);
            all.add(faults);
            compose(faults, text)
                    .ifPresent(root ->
                            documents.add(new Document(faults, new Fields(faults, root, "a story file", KEYS))));
        });
        Optional<Organisation> organisation = organisation(documents, all);
        List<Story> stories = new ArrayList<>();
        organisation.ifPresent(o -> documents.forEach(d -> stories.addAll(stories(d, o))));
        checkIds(documents);
        List<StoryFault> faults = all.stream().flatMap(f -> f.found().stream()).toList();
        if (!faults.isEmpty()) {
            throw new StoriesRefusedException(faults);
        }
        return new StoryBook(organisation.orElseThrow(), stories, start);
    }

    private static Optional<Node> compose(Faults faults, String text) {
        try {
            Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
            Optional<Node> root = Optional.ofNullable(yaml.compose(new StringReader(text)));
            if (root.isEmpty()) {
                faults.add(1, "the file is empty");
            }
            return root;
        } catch (MarkedYAMLException e) {
            faults.add(e.getProblemMark().getLine() + 1, "not YAML: " + e.getProblem());
            return Optional.empty();
        }
    }

    private static Optional<Organisation> organisation(List<Document> documents, List<Faults> all) {
        List<Document> with =
                documents.stream().filter(d -> d.fields().has("organisation")).toList();
        if (with.isEmpty()) {
            // A file that could not be read may be the one that has it.
            if (documents.size() == all.size()) {
                all.getFirst().add(1, "no file has the 'organisation'");
            }
            return Optional.empty();
        }
        with.stream()
                .skip(1)
                .forEach(d -> d.faults()
                        .add(d.fields().nodeOf("organisation"), "the 'organisation' is given in another file already"));
        Document first = with.getFirst();
        return first.fields().child("organisation").map(node -> new OrganisationReader(first.faults()).read(node));
    }

    private List<Story> stories(Document document, Organisation organisation) {
        StoryReader reader = new StoryReader(document.faults(), organisation, start);
        return document.fields().items("stories").stream().map(reader::read).toList();
    }

    private static void checkIds(List<Document> documents) {
        Map<String, String> seen = new HashMap<>();
        for (Document document : documents) {
            for (Node item : document.fields().items("stories")) {
                Fields story = new Fields(new Faults(""), item, "a story", Set.of());
                story.text("id").ifPresent(id -> {
                    if (seen.putIfAbsent(id, id) != null) {
                        document.faults().add(story.nodeOf("id"), "another story has the id '" + id + "'");
                    }
                });
            }
        }
    }
}
