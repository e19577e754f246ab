package org.mailtrace.standins.exo.historical;

import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated lines; a cell is quoted when it must be. */
final class CsvLines {
    private final StringBuilder text = new StringBuilder();

    CsvLines(List<String> header) {
        add(header);
    }

    void add(List<String> cells) {
        text.append(cells.stream().map(CsvLines::cell).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private static String cell(String value) {
        return value.matches("(?s).*[,\"\\r\\n].*") ? "\"" + value.replace("\"", "\"\"") + "\"" : value;
    }
}
