package org.mailtrace.onprem.live.clixml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one value (MS-PSRP 2.2.5). A reference to an object that is not complete yet is nothing. */
public final class ClixmlReader {
    private static final Set<String> LISTS = Set.of("LST", "IE", "QUE", "STK");

    private final BoundedXml xml;
    private final Map<String, ClixmlValue> objects = new HashMap<>();
    private final Map<String, List<String>> types = new HashMap<>();

    private ClixmlReader(String document) {
        this.xml = new BoundedXml(document);
    }

    /**
     * Reads a document.
     *
     * @throws UnreadableXmlException if it is none, or too large
     */
    public static ClixmlValue read(String document) {
        ClixmlReader reader = new ClixmlReader(document);
        while (reader.xml.next()) {
            if (reader.xml.isStart()) {
                return reader.value();
            }
        }
        throw new UnreadableXmlException("The XML is empty.");
    }

    private ClixmlValue value() {
        return switch (xml.name()) {
            case "Obj" -> object();
            case "Ref" -> {
                String id = xml.attribute("RefId");
                xml.textInside();
                yield objects.getOrDefault(id, new ClixmlValue.Nothing());
            }
            case "Nil" -> {
                xml.textInside();
                yield new ClixmlValue.Nothing();
            }
            default -> {
                String kind = xml.name();
                yield new ClixmlValue.Simple(kind, ClixmlText.unescaped(xml.textInside()));
            }
        };
    }

    private ClixmlValue object() {
        String id = xml.attribute("RefId");
        List<String> typeNames = List.of();
        String text = "";
        Map<String, ClixmlValue> members = new LinkedHashMap<>();
        Optional<List<ClixmlValue>> content = Optional.empty();
        int end = xml.depth() - 1;
        while (xml.next() && !(xml.isEnd() && xml.depth() == end)) {
            if (!xml.isStart()) {
                continue;
            }
            String name = xml.name();
            if (name.equals("TN")) {
                typeNames = typeNames();
            } else if (name.equals("TNRef")) {
                typeNames = types.getOrDefault(xml.attribute("RefId"), List.of());
                xml.textInside();
            } else if (name.equals("ToString")) {
                text = ClixmlText.unescaped(xml.textInside());
            } else if (name.equals("Props") || name.equals("MS")) {
                members(members);
            } else if (LISTS.contains(name) || name.equals("DCT")) {
                content = Optional.of(children());
            } else {
                ClixmlValue simple = value();
                content = Optional.of(List.of(simple));
                text = text.isEmpty() ? simple.text() : text;
            }
        }
        ClixmlValue object = new ClixmlValue.Thing(typeNames, text, members, content);
        objects.put(id, object);
        return object;
    }

    private List<String> typeNames() {
        String id = xml.attribute("RefId");
        List<String> names = new ArrayList<>();
        int end = xml.depth() - 1;
        while (xml.next() && !(xml.isEnd() && xml.depth() == end)) {
            if (xml.isStart()) {
                names.add(xml.textInside());
            }
        }
        types.put(id, names);
        return names;
    }

    private void members(Map<String, ClixmlValue> members) {
        int end = xml.depth() - 1;
        while (xml.next() && !(xml.isEnd() && xml.depth() == end)) {
            if (xml.isStart()) {
                String name = ClixmlText.unescaped(xml.attribute("N"));
                members.put(name, value());
            }
        }
    }

    /** Items of a list; of a dictionary its entries, each with the members Key and Value. */
    private List<ClixmlValue> children() {
        List<ClixmlValue> children = new ArrayList<>();
        int end = xml.depth() - 1;
        while (xml.next() && !(xml.isEnd() && xml.depth() == end)) {
            if (xml.isStart() && xml.name().equals("En")) {
                Map<String, ClixmlValue> entry = new LinkedHashMap<>();
                members(entry);
                children.add(new ClixmlValue.Thing(List.of(), "", entry, Optional.empty()));
            } else if (xml.isStart()) {
                children.add(value());
            }
        }
        return children;
    }
}
