package org.mailtrace.onprem.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Splits a framed record into its fields. */
public final class FieldSplitter {
    /** Columns of every known version, and some. */
    private static final int USUAL = 32;

    private FieldSplitter() {}

    /** The fields of the record, unquoted. Bytes that are no UTF-8, and NUL, show as U+FFFD; the rest stays readable. */
    public static List<String> split(byte[] bytes, int start, int end) {
        return new ArrayList<>(Arrays.asList(texts(bytes, start, end)));
    }

    /** As above. */
    static String[] texts(byte[] bytes, int start, int end) {
        String[] fields = new String[USUAL];
        int count = 0;
        int i = start;
        while (true) {
            int fieldEnd = i < end && bytes[i] == '"' ? closingQuote(bytes, i, end) : i;
            while (fieldEnd < end && bytes[fieldEnd] != ',') {
                fieldEnd++;
            }
            if (count == fields.length) {
                fields = Arrays.copyOf(fields, count * 2);
            }
            fields[count++] = fieldEnd == i ? "" : text(bytes, i, fieldEnd);
            if (fieldEnd >= end) {
                return count == fields.length ? fields : Arrays.copyOf(fields, count);
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
        if (!quoted) {
            return readable(bytes, from, to);
        }
        String raw = readable(bytes, from + 1, to - 1);
        return raw.indexOf('"') < 0 ? raw : raw.replace("\"\"", "\"");
    }

    /** The bytes as text that can be shown. */
    static String readable(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        // Looking first is much cheaper than replacing nothing.
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }
}
