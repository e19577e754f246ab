package org.mailtrace.proofpoint.quarantine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** One record of a folder; {@code localGuid} finds it again in its folder. */
record HeldRecord(String guid, List<String> recipients, String localGuid) {
    HeldRecord {
        recipients = List.copyOf(recipients);
    }

    static HeldRecord of(JsonNode json) {
        return new HeldRecord(
                json.path("guid").asText("").strip(),
                StreamSupport.stream(json.path("rcpts").spliterator(), false)
                        .map(address -> address.asText().strip().toLowerCase(Locale.ROOT))
                        .toList(),
                json.path("localguid").asText(""));
    }

    /** Matching by id is ours: the vendor's own is not reliable. A Message-ID is not unique and proves nothing here. */
    boolean isOf(String wantedGuid, String recipient) {
        return guid.equals(wantedGuid)
                && (recipients.isEmpty() || recipients.contains(recipient.toLowerCase(Locale.ROOT)));
    }

    /** Whether it does not say which message it is, so that it may be any of the recipient's. */
    boolean mayBeOf(String recipient) {
        return guid.isEmpty() && (recipients.isEmpty() || recipients.contains(recipient.toLowerCase(Locale.ROOT)));
    }

    /** What one request brought. */
    record Records(List<HeldRecord> records) {
        Records {
            records = List.copyOf(records);
        }

        /** Reads an answer; empty if it is none. */
        static Optional<Records> of(JsonNode answer) {
            JsonNode records = answer.isArray() ? answer : answer.path("records");
            boolean saysNone = records.isMissingNode()
                    && answer.path("count").isValueNode()
                    && answer.path("count").asInt(-1) == 0;
            if (saysNone) {
                return Optional.of(new Records(List.of()));
            }
            return records.isArray()
                    ? Optional.of(new Records(StreamSupport.stream(records.spliterator(), false)
                            .map(HeldRecord::of)
                            .toList()))
                    : Optional.empty();
        }
    }
}
