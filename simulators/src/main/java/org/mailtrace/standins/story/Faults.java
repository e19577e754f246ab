package org.mailtrace.standins.story;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** Collects what is wrong in one file, so that an author sees everything at once. */
final class Faults {
    private final String file;
    private final List<StoryFault> found = new ArrayList<>();

    Faults(String file) {
        this.file = file;
    }

    void add(Node node, String reason) {
        add(node.getStartMark().getLine() + 1, reason);
    }

    void add(int line, String reason) {
        found.add(new StoryFault(file, line, reason));
    }

    List<StoryFault> found() {
        return List.copyOf(found);
    }

    int count() {
        return found.size();
    }
}
