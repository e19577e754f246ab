package org.mailtrace.standins.story;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** One YAML mapping, read strictly: whatever is not understood becomes a fault with its line. */
final class Fields {
    private final Faults faults;
    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();

    Fields(Faults faults, Node node, String what, Set<String> known) {
        this.faults = faults;
        this.node = node;
        if (!(node instanceof MappingNode mapping)) {
            faults.add(node, what + " must be a mapping");
            return;
        }
        for (NodeTuple entry : mapping.getValue()) {
            String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (!known.isEmpty() && !known.contains(key)) {
                faults.add(entry.getKeyNode(), what + " has no key '" + key + "'");
            } else if (values.putIfAbsent(key, entry.getValueNode()) != null) {
                faults.add(entry.getKeyNode(), "'" + key + "' is given twice");
            }
        }
    }

    Node node() {
        return node;
    }

    Node nodeOf(String key) {
        return values.getOrDefault(key, node);
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Set<String> keys() {
        return values.keySet();
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key)).flatMap(value -> scalar(key, value));
    }

    /** A value that may be empty on purpose. */
    Optional<String> textOrEmpty(String key) {
        return Optional.ofNullable(values.get(key))
                .flatMap(value ->
                        value instanceof ScalarNode scalar && scalar.getValue().isEmpty()
                                ? Optional.of("")
                                : scalar(key, value));
    }

    String requiredText(String key) {
        Optional<String> value = text(key);
        if (!values.containsKey(key)) {
            faults.add(node, "'" + key + "' is missing");
        }
        return value.orElse("");
    }

    /** A list, or a single value that stands for a list of one. */
    List<String> texts(String key) {
        Node value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof SequenceNode sequence)) {
            return scalar(key, value).map(List::of).orElse(List.of());
        }
        List<String> texts = new ArrayList<>();
        sequence.getValue().forEach(item -> scalar(key, item).ifPresent(texts::add));
        return texts;
    }

    /** The elements of a list of mappings. */
    List<Node> items(String key) {
        Node value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        faults.add(value, "'" + key + "' must be a list");
        return List.of();
    }

    Optional<Node> child(String key) {
        return Optional.ofNullable(values.get(key));
    }

    <T> Optional<T> parsed(String key, String expected, Function<String, Optional<T>> parser) {
        return text(key).flatMap(text -> {
            Optional<T> parsed = parser.apply(text);
            if (parsed.isEmpty()) {
                faults.add(nodeOf(key), "'" + key + "' is '" + text + "', but must be " + expected);
            }
            return parsed;
        });
    }

    private Optional<String> scalar(String key, Node value) {
        if (value instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return Optional.of(scalar.getValue().strip());
        }
        faults.add(value, "'" + key + "' must be a value that is not empty");
        return Optional.empty();
    }
}
