package org.mailtrace.onprem.record;

import java.util.Optional;

/** Reads a framed record as a row. */
public final class RowReader {
    private RowReader() {}

    /**
     * The row, or why there is none.
     *
     * @param fields the columns in force
     */
    public static Read read(Fields fields, byte[] bytes, int start, int end) {
        if (fields.equals(Fields.UNKNOWN)) {
            return Read.fault("The last #Fields line names no columns that a record could be read by.");
        }
        String[] texts = FieldSplitter.texts(bytes, start, end);
        if (texts.length != fields.names().size()) {
            return Read.fault("The record has " + texts.length + " columns instead of "
                    + fields.names().size() + ".");
        }
        return TrackingRow.of(fields, texts)
                .map(row -> new Read(Optional.of(row), ""))
                .orElseGet(() -> Read.fault("The record's date-time cannot be read."));
    }

    /**
     * What became of a record.
     *
     * @param row the row, if it is one
     * @param fault one sentence if it is none
     */
    public record Read(Optional<TrackingRow> row, String fault) {
        private static Read fault(String sentence) {
            return new Read(Optional.empty(), sentence);
        }
    }
}
