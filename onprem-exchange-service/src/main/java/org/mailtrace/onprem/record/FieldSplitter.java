package org.mailtrace.onprem.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Splits a framed record into its fields. */
public final class FieldSplitter {
    private FieldSplitter() {}

    /** The fields of the record, unquoted. Bytes that are no UTF-8, and NUL, show as U+FFFD; the rest stays readable. */
    public static List<String> split(byte[] bytes, int start, int end) {
        List<String> fields = new ArrayList<>();
        int i = start;
        while (true) {
            int fieldEnd = i < end && bytes[i] == '"' ? closingQuote(bytes, i, end) : i;
            while (fieldEnd < end && bytes[fieldEnd] != ',') {
                fieldEnd++;
            }
            fields.add(text(bytes, i, fieldEnd));
            if (fieldEnd >= end) {
                return fields;
            }
            i = fieldEnd + 1;
        }
    }

    private static int closingQuote(byte[] bytes, int quote, int end) {
        int i = quote + 1;
        while (i < end) {
            if (bytes[i] == '"') {
                if (i + 1 >= end || bytes[i + 1] != '"') {
                    return i + 1;
                }
                i++;
            }
            i++;
        }
        return end;
    }

    private static String text(byte[] bytes, int from, int to) {
        boolean quoted = to - from >= 2 && bytes[from] == '"' && bytes[to - 1] == '"';
        String raw = quoted
                ? new String(bytes, from + 1, to - from - 2, StandardCharsets.UTF_8).replace("\"\"", "\"")
                : new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return raw.replace('\0', '\uFFFD');
    }
}
