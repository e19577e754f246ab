package org.mailtrace.onprem.follow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailtrace.contract.MailId;
import org.mailtrace.index.IndexRow;
import org.mailtrace.onprem.meaning.GroupKey;
import org.mailtrace.onprem.meaning.Noise;
import org.mailtrace.onprem.meaning.References;
import org.mailtrace.onprem.record.RowBody;
import org.mailtrace.onprem.record.TrackingRow;

/** Makes index rows of one server's tracking rows: by what they are found, and to which message they belong. */
final class RowMaker {
    private static final Pattern MAILBOX = Pattern.compile("\\bMailbox:\\s*([0-9a-fA-F-]{32,36})");

    private final String server;
    private final Noise noise = new Noise();

    RowMaker(String server) {
        this.server = server;
    }

    /**
     * The index row.
     *
     * @param lane the file's lane
     * @param position where the file is read
     * @param offset where in the file the record begins
     */
    IndexRow row(TrackingRow row, String lane, Position position, long offset, byte[] bytes, int start, int end) {
        Digest digest = new Digest().with(server);
        Optional<String> logId = row.optional("log-id");
        if (logId.isPresent()) {
            digest.with("log-id").with(logId.get());
        } else {
            digest.with(lane).with(position.identity()).with(Long.toString(offset));
        }
        String key = digest.with(bytes, start, end).text();
        List<String> ids = ids(row);
        String group = ids.isEmpty()
                ? new Digest().with("row").with(key).text()
                : GroupKey.of(row.messageId(), row.networkMessageId());
        return new IndexRow(
                key,
                row.at(),
                server,
                GroupKey.inIndex(group),
                ids.isEmpty() ? looseIds(row) : withReferences(ids, row),
                row.returnPath(),
                row.optional("sender-address"),
                Stream.concat(row.recipients().stream(), row.relatedRecipients().stream())
                        .distinct()
                        .toList(),
                row.optional("message-subject"),
                noise.is(row),
                RowBody.of(row));
    }

    private static List<String> ids(TrackingRow row) {
        return Stream.concat(row.messageId().stream(), row.networkMessageId().stream())
                .toList();
    }

    /** A message is also found by the messages that it refers to: a delivery report by its original. */
    private static List<String> withReferences(List<String> ids, TrackingRow row) {
        List<String> references = References.of(row);
        return references.isEmpty()
                ? ids
                : Stream.concat(ids.stream(), references.stream().map(References::inIndex))
                        .toList();
    }

    /** A row that belongs to no message is still found by the ids that it has: its log id and its mailbox. */
    private static List<String> looseIds(TrackingRow row) {
        List<String> ids = new ArrayList<>();
        row.optional("log-id").map(id -> MailId.of(id).value()).ifPresent(ids::add);
        Matcher mailbox = MAILBOX.matcher(row.value("source-context"));
        if (mailbox.find()) {
            MailId.guid(mailbox.group(1)).ifPresent(ids::add);
        }
        return ids;
    }
}
