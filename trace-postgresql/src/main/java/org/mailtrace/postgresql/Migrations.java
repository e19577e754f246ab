package org.mailtrace.postgresql;

import java.util.List;
import java.util.Objects;

/**
 * The tables of one component, as the scripts that lead from each version to the next. A script that was released is
 * never changed; what has to change is a further script.
 *
 * @param component a word of its own for each set of tables
 * @param scripts statements for version 1, 2 and so on; each a text of one or more statements
 */
public record Migrations(String component, List<String> scripts) {
    public Migrations {
        Objects.requireNonNull(component, "component");
        scripts = List.copyOf(scripts);
    }

    int version() {
        return scripts.size();
    }
}
