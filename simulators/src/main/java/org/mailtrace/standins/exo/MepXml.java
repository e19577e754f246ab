package org.mailtrace.standins.exo;

import java.util.Map;

/** The XML of a detail's {@code data}. */
final class MepXml {
    private MepXml() {}

    static String of(int sequence, Map<String, String> fields) {
        StringBuilder xml = new StringBuilder("<root>");
        fields.forEach((name, value) -> xml.append("<MEP Name=\"")
                .append(escaped(name))
                .append(name.equals("CustomData") ? "\" Blob=\"" : "\" String=\"")
                .append(escaped(value))
                .append("\" />"));
        return xml.append("<MEP Name=\"SequenceNumber\" Long=\"")
                .append(sequence)
                .append("\" /></root>")
                .toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
