package org.mailtrace.onprem.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.StoredRow;
import org.mailtrace.onprem.follow.RowMaker;
import org.mailtrace.onprem.live.LiveAnswer;
import org.mailtrace.onprem.live.LiveRows;
import org.mailtrace.onprem.record.RowBody;

/**
 * Messages of which the servers themselves told something, each with what the index holds of it. A row that both ways know
 * is one row, and the file's is kept: it has more fields.
 *
 * @param message the message as it is shown
 * @param rows the same rows as they are searched
 */
record LiveMessages(IndexedMessage message, List<IndexRow> rows) {
    LiveMessages {
        rows = List.copyOf(rows);
    }

    static List<LiveMessages> of(LiveAnswer answer, Function<String, Optional<IndexedMessage>> index) {
        Map<String, List<IndexRow>> groups = answer.rows().stream()
                .collect(Collectors.groupingBy(IndexRow::group, LinkedHashMap::new, Collectors.toList()));
        List<LiveMessages> messages = new ArrayList<>();
        groups.forEach((group, live) -> messages.add(
                of(group, live, index.apply(group), !answer.incomplete().contains(group))));
        return messages;
    }

    private static LiveMessages of(
            String group, List<IndexRow> live, Optional<IndexedMessage> known, boolean complete) {
        List<IndexRow> stored = known.stream()
                .flatMap(message -> message.rows().stream())
                .map(row -> new RowMaker(row.part()).row(RowBody.read(row.at(), row.body()), row.body(), row.body()))
                .toList();
        List<IndexRow> rows = Stream.concat(stored.stream(), unknown(stored, live).stream())
                .sorted(Comparator.comparing(IndexRow::at))
                .toList();
        boolean storedComplete = known.map(IndexedMessage::rowsComplete).orElse(true);
        IndexedMessage message = new IndexedMessage(
                group,
                rows.getFirst().at(),
                rows.getLast().at(),
                rows.stream()
                        .map(row -> new StoredRow(row.at(), row.part(), row.noise(), row.body()))
                        .toList(),
                complete && storedComplete);
        return new LiveMessages(message, rows);
    }

    /** Rows that really are two of the same kind stay two: each of the files' rows stands for one of the server's. */
    private static List<IndexRow> unknown(List<IndexRow> stored, List<IndexRow> live) {
        Map<List<String>, Integer> inFiles = new HashMap<>();
        stored.forEach(row -> inFiles.merge(LiveRows.sameness(row), 1, Integer::sum));
        return live.stream()
                .filter(row -> {
                    int left = inFiles.merge(LiveRows.sameness(row), -1, Integer::sum);
                    return left < 0;
                })
                .toList();
    }
}
