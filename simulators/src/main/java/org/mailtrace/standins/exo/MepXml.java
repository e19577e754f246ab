package org.mailtrace.standins.exo;

/** The XML of a detail's {@code data}. */
final class MepXml {
    private MepXml() {}

    static String of(int sequence, String... namesAndValues) {
        StringBuilder xml = new StringBuilder("<root>");
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            xml.append("<MEP Name=\"")
                    .append(escaped(namesAndValues[i]))
                    .append("\" String=\"")
                    .append(escaped(namesAndValues[i + 1]))
                    .append("\" />");
        }
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
