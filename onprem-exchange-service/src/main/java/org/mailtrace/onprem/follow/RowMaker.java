package org.mailtrace.onprem.follow;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.MailId;
import org.mailtrace.index.IndexRow;
import org.mailtrace.onprem.meaning.GroupKey;
import org.mailtrace.onprem.meaning.Noise;
import org.mailtrace.onprem.meaning.References;
import org.mailtrace.onprem.record.Fields;
import org.mailtrace.onprem.record.RowBody;
import org.mailtrace.onprem.record.TrackingRow;

/**
 * Makes index rows of one server's tracking rows: by what they are found, and to which message they belong. Not safe for
 * several threads.
 */
public final class RowMaker {
    private static final String MAILBOX = "Mailbox:";
    private static final int LONGEST_GUID = 36;

    private final String server;
    private final Noise noise = new Noise();
    private final Digest digest = new Digest();
    private final Groups groups = new Groups();

    /** For rows of this server. */
    public RowMaker(String server) {
        this.server = server;
    }

    /**
     * The index row of a row that was read from a file.
     *
     * @param lane the file's lane
     * @param position where the file is read
     * @param fields the columns in force there
     * @param offset where in the file the record begins
     */
    IndexRow row(
            TrackingRow row,
            String lane,
            Position position,
            Fields fields,
            long offset,
            byte[] bytes,
            int start,
            int end) {
        digest.with(server);
        Optional<String> logId = row.optional("log-id");
        if (logId.isPresent()) {
            digest.with("log-id").with(logId.get());
        } else {
            digest.with(lane).with(position.identity()).with(Long.toString(offset));
        }
        String key = digest.with(bytes, start, end).text();
        return row(row, key, RowBody.of(fields, bytes, start, end));
    }

    /**
     * The index row of a row from anywhere.
     *
     * @param key the same for the same row however often it is asked for
     * @param body the row as {@link RowBody} keeps it
     */
    public IndexRow row(TrackingRow row, String key, String body) {
        Optional<String> messageId = row.messageId();
        Optional<String> networkMessageId = row.networkMessageId();
        List<String> ids = new ArrayList<>(2);
        messageId.ifPresent(ids::add);
        networkMessageId.ifPresent(ids::add);
        String group = ids.isEmpty()
                ? GroupKey.inIndex(digest.with("row").with(key).text())
                : groups.of(messageId, networkMessageId);
        return new IndexRow(
                key,
                row.at(),
                server,
                group,
                ids.isEmpty() ? looseIds(row) : withReferences(ids, row),
                row.returnPath(),
                row.optional("sender-address"),
                addresses(row),
                row.optional("message-subject"),
                noise.is(row),
                body);
    }

    /** A message is also found by the messages that it refers to: a delivery report by its original. */
    private static List<String> withReferences(List<String> ids, TrackingRow row) {
        References.of(row).forEach(reference -> ids.add(References.inIndex(reference)));
        return ids;
    }

    private static List<String> addresses(TrackingRow row) {
        List<String> recipients = row.recipients();
        List<String> related = row.relatedRecipients();
        if (recipients.size() + related.size() <= 1) {
            return related.isEmpty() ? recipients : related;
        }
        Set<String> all = new LinkedHashSet<>(recipients);
        all.addAll(related);
        return List.copyOf(all);
    }

    /** A row that belongs to no message is still found by the ids that it has: its log id and its mailbox. */
    private static List<String> looseIds(TrackingRow row) {
        List<String> ids = new ArrayList<>(2);
        row.optional("log-id").map(id -> MailId.of(id).value()).ifPresent(ids::add);
        String context = row.value("source-context");
        int mailbox = context.indexOf(MAILBOX);
        if (mailbox >= 0) {
            String rest = context.substring(mailbox + MAILBOX.length()).stripLeading();
            MailId.guid(rest.substring(0, Math.min(LONGEST_GUID, rest.length())))
                    .or(() -> MailId.guid(rest.split(",", 2)[0]))
                    .ifPresent(ids::add);
        }
        return ids;
    }
}
