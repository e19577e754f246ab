package org.mailtrace.proofpoint.record;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.mailtrace.index.IndexRow;
import org.mailtrace.proofpoint.vendor.VendorDates;
import org.mailtrace.proofpoint.words.RecordSentences;

/**
 * Reads frames of the log stream, each one JSON object. Never throws for what a frame holds. The parts of a message with
 * their text and attachments ({@code msgParts}) are skipped while parsing and never become objects. Types of fields vary
 * between versions of the vendor's agents (text, number, list or object; "True" for true), so every field is read as
 * whatever it is.
 *
 * @see <a href="https://github.com/elastic/integrations/tree/main/packages/proofpoint_on_demand">public field lists</a>
 */
public final class RecordReader {
    private static final String BODIES = "msgParts";
    private static final int EXCERPT = 512;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads one frame.
     *
     * @param frame UTF-8; may be larger than 1 MiB
     * @param receivedAt when it came, UTC; the record's time if it has none of its own
     */
    public ReadRecord read(RecordType type, byte[] frame, Instant receivedAt) {
        if (isBlank(frame)) {
            return new ReadRecord.Nothing();
        }
        try {
            JsonNode json = withoutBodies(frame);
            Optional<Instant> said = Json.text(json.path("ts")).flatMap(VendorDates::parse);
            Instant at = said.orElse(receivedAt);
            Optional<IndexRow> row = switch (type) {
                case MESSAGE -> MessageRecord.row(json, at, said.isPresent());
                case MAILLOG -> MaillogRecord.row(json, at);
            };
            return row.<ReadRecord>map(kept -> new ReadRecord.Kept(kept, said.isEmpty()))
                    .orElseGet(() -> poison(RecordSentences.withoutKey(type.word()), frame));
        } catch (NotARecordException e) {
            return poison(RecordSentences.noRecord(), frame);
        } catch (JacksonException e) {
            return poison(RecordSentences.noJson(), frame);
        } catch (StackOverflowError e) {
            return poison(RecordSentences.noJson(), frame);
        } catch (IOException | RuntimeException e) {
            return poison(RecordSentences.unexpected(e.getClass().getSimpleName()), frame);
        }
    }

    private static JsonNode withoutBodies(byte[] frame) throws IOException {
        try (JsonParser parser = JSON.createParser(frame)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new NotARecordException();
            }
            ObjectNode record = JSON.createObjectNode();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals(BODIES)) {
                    parser.skipChildren();
                } else {
                    record.set(name, parser.readValueAsTree());
                }
            }
            if (parser.nextToken() != null) {
                throw new NotARecordException();
            }
            return record;
        }
    }

    private static boolean isBlank(byte[] frame) {
        for (byte each : frame) {
            if (each != ' ' && each != '\n' && each != '\r' && each != '\t') {
                return false;
            }
        }
        return true;
    }

    /** What is set aside ends where the bodies begin. */
    private static ReadRecord.Poison poison(String reason, byte[] frame) {
        String start = new String(frame, 0, Math.min(frame.length, EXCERPT), StandardCharsets.UTF_8);
        int bodies = start.indexOf('"' + BODIES + '"');
        return new ReadRecord.Poison(reason, bodies < 0 ? start : start.substring(0, bodies));
    }

    /** The frame is JSON and no record. */
    private static final class NotARecordException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
