package org.mailtrace.onprem.live.psrp;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.mailtrace.onprem.live.clixml.ClixmlWriter;

/**
 * One cmdlet with typed parameters. There is no way to make script text of it: Exchange refuses that, and values of
 * parameters need no quoting.
 */
public record Cmdlet(String name, List<Parameter> parameters) {
    private static final List<String> TEXTS = List.of("System.String[]", "System.Array", "System.Object");

    public Cmdlet {
        Objects.requireNonNull(name, "name");
        parameters = List.copyOf(parameters);
    }

    /** The same cmdlet with one parameter more. */
    public Cmdlet with(Parameter parameter) {
        List<Parameter> more = new ArrayList<>(parameters);
        more.add(parameter);
        return new Cmdlet(name, more);
    }

    /** A parameter and its value. */
    public sealed interface Parameter {
        String name();

        void write(ClixmlWriter writer);
    }

    /**
     * A simple value.
     *
     * @param kind its CLIXML element: {@code S}, {@code I32}, {@code DT}
     */
    public record Single(String name, String kind, String value) implements Parameter {
        @Override
        public void write(ClixmlWriter writer) {
            writer.simple(kind, "V", value);
        }
    }

    /** A list of texts. */
    public record Several(String name, List<String> values) implements Parameter {
        public Several {
            values = List.copyOf(values);
        }

        @Override
        public void write(ClixmlWriter writer) {
            writer.begin("V", TEXTS).items();
            values.forEach(value -> writer.simple("S", "", value));
            writer.endItems().end();
        }
    }
}
