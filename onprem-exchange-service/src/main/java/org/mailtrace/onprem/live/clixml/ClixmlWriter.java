package org.mailtrace.onprem.live.clixml;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a value. Objects and type names are numbered in the order in which they are written. */
public final class ClixmlWriter {
    private final StringBuilder out = new StringBuilder();
    private final Map<List<String>, Integer> types = new HashMap<>();
    private int objects;

    /** Begins an object without a name, as items of lists are. */
    public ClixmlWriter begin(List<String> typeNames) {
        return begin("", typeNames);
    }

    /** Begins an object. */
    public ClixmlWriter begin(String name, List<String> typeNames) {
        out.append("<Obj")
                .append(named(name))
                .append(" RefId=\"")
                .append(objects)
                .append("\">");
        objects++;
        if (!typeNames.isEmpty()) {
            Integer known = types.get(typeNames);
            if (known != null) {
                out.append("<TNRef RefId=\"").append(known).append("\" />");
            } else {
                out.append("<TN RefId=\"").append(types.size()).append("\">");
                types.put(typeNames, types.size());
                typeNames.forEach(type -> out.append("<T>").append(type).append("</T>"));
                out.append("</TN>");
            }
        }
        return this;
    }

    /** Ends an object. */
    public ClixmlWriter end() {
        return raw("</Obj>");
    }

    /** Begins the properties of an object. */
    public ClixmlWriter members() {
        return raw("<MS>");
    }

    /** Ends the properties of an object. */
    public ClixmlWriter endMembers() {
        return raw("</MS>");
    }

    /** Begins the items of a list. */
    public ClixmlWriter items() {
        return raw("<LST>");
    }

    /** Ends the items of a list. */
    public ClixmlWriter endItems() {
        return raw("</LST>");
    }

    /** A list of nothing. */
    public ClixmlWriter noItems() {
        return raw("<LST />");
    }

    /** No value. */
    public ClixmlWriter nil(String name) {
        return raw("<Nil" + named(name) + " />");
    }

    /** A simple value; the kind is its element, such as {@code S}. */
    public ClixmlWriter simple(String kind, String name, String value) {
        return raw("<" + kind + named(name) + ">" + ClixmlText.escaped(value) + "</" + kind + ">");
    }

    /** One word of an enumeration. */
    public ClixmlWriter choice(String name, String type, String word, int number) {
        begin(name, List.of(type, "System.Enum", "System.ValueType", "System.Object"));
        raw("<ToString>" + ClixmlText.escaped(word) + "</ToString>");
        return simple("I32", "", Integer.toString(number)).end();
    }

    /** What was written. */
    public String text() {
        return out.toString();
    }

    private static String named(String name) {
        return name.isEmpty() ? "" : " N=\"" + ClixmlText.escaped(name) + "\"";
    }

    private ClixmlWriter raw(String text) {
        out.append(text);
        return this;
    }
}
