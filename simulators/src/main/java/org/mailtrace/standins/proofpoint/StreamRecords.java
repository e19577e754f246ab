package org.mailtrace.standins.proofpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mailtrace.standins.StandInsConfig;

/** What the log stream has to tell at a moment: the same messages and delivery lines that Smart Search shows. */
@ApplicationScoped
class StreamRecords {
    /** The filter writes its record when it is done, so that one message has one verdict. */
    private static final Duration FILTERING = Duration.ofSeconds(2);

    private static final int DIVISOR_OF_LARGE = 20;
    private static final int FIRST_LARGE = 7;

    private final FilteredMessages messages;
    private final StandInsConfig.Proofpoint config;

    StreamRecords(FilteredMessages messages, StandInsConfig config) {
        this.messages = messages;
        this.config = config.proofpoint();
    }

    List<StreamRecord> visibleAt(Instant now, StreamType type) {
        List<FilteredMessage> shown = messages.visibleAt(now);
        List<StreamRecord> records = new ArrayList<>();
        List<FilteredMessage> ever = messages.ever();
        for (int i = 0; i < ever.size(); i++) {
            FilteredMessage message = ever.get(i);
            boolean large = i % DIVISOR_OF_LARGE == FIRST_LARGE;
            List<FilteredMessage> seen =
                    shown.stream().filter(each -> isSamePass(each, message)).toList();
            if (seen.isEmpty() || message.receivedAt().plus(FILTERING).isAfter(now)) {
                continue;
            }
            if (type == StreamType.MESSAGE) {
                records.add(new StreamRecord(
                        message.guid(),
                        message.receivedAt(),
                        () -> new StreamMessage(message, config.streamClusterId(), config.zone()).json(large)));
            } else {
                StreamLines.of(message, config.streamClusterId(), config.zone(), line -> isShown(line, seen))
                        .forEach(records::add);
            }
        }
        return records;
    }

    private static boolean isSamePass(FilteredMessage one, FilteredMessage other) {
        return one.story().id().equals(other.story().id()) && one.receivedAt().equals(other.receivedAt());
    }

    private static boolean isShown(DeliveryLine line, List<FilteredMessage> seen) {
        return seen.stream()
                .flatMap(message -> message.lines().stream())
                .anyMatch(each -> each.at().equals(line.at())
                        && each.stat().equals(line.stat())
                        && each.to().stream().anyMatch(line.to()::contains));
    }
}
