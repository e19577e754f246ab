package org.mailtrace.standins.exo;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.mailtrace.standins.story.Story;

/**
 * What the tenant knows of one message and one recipient.
 *
 * @param id the trace's id, which is the network message id
 */
public record TraceRow(
        Story story,
        String id,
        String recipient,
        Instant received,
        String status,
        String fromIp,
        String toIp,
        List<Detail> details) {

    /**
     * One event of the details.
     *
     * @param sequence its place among the recipient's events
     * @param fields what its XML holds, in order
     * @param related the address that the message goes on under, or the group's members
     */
    public record Detail(
            Instant at,
            int sequence,
            String event,
            String description,
            Map<String, String> fields,
            List<String> related) {
        public Detail {
            related = List.copyOf(related);
        }

        /** The fields as the vendor writes them. */
        public String data() {
            return MepXml.of(sequence, fields);
        }
    }

    public TraceRow {
        details = List.copyOf(details);
    }
}
