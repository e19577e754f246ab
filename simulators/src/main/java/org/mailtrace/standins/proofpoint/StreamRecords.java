package org.mailtrace.standins.proofpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.standins.StandInsConfig;
import org.mailtrace.standins.story.MailSystem;
import org.mailtrace.standins.story.Shown;
import org.mailtrace.standins.story.StoryBook;

/** What the log stream has to tell at a moment: the same messages and delivery lines that Smart Search shows. */
@ApplicationScoped
class StreamRecords {
    /** The filter writes its record when it is done, so that one message has one verdict. */
    private static final Duration FILTERING = Duration.ofSeconds(2);

    private static final int DIVISOR_OF_LARGE = 20;
    private static final int FIRST_LARGE = 7;

    private final FilteredMessages messages;
    private final StandInsConfig.Proofpoint config;
    private final Map<StreamType, Shown<List<StreamRecord>>> shown = new EnumMap<>(StreamType.class);

    StreamRecords(FilteredMessages messages, StoryBook book, StandInsConfig config) {
        this.messages = messages;
        this.config = config.proofpoint();
        List<Instant> changes = book.stories().stream()
                .flatMap(story -> story.hopsOf(MailSystem.PROOFPOINT))
                .flatMap(hop -> Stream.of(
                        hop.visibleAt(),
                        hop.at().plus(FILTERING),
                        hop.at().plus(this.config.retention()).plusNanos(1)))
                .toList();
        for (StreamType type : StreamType.values()) {
            shown.put(type, new Shown<>(changes, now -> rendered(now, type)));
        }
    }

    List<StreamRecord> visibleAt(Instant now, StreamType type) {
        return shown.get(type).at(now);
    }

    private List<StreamRecord> rendered(Instant now, StreamType type) {
        Map<Pass, List<FilteredMessage>> seenBySearch =
                messages.visibleAt(now).stream().collect(Collectors.groupingBy(Pass::of));
        List<StreamRecord> records = new ArrayList<>();
        List<FilteredMessage> ever = messages.ever();
        for (int i = 0; i < ever.size(); i++) {
            FilteredMessage message = ever.get(i);
            boolean large = i % DIVISOR_OF_LARGE == FIRST_LARGE;
            List<FilteredMessage> seen = seenBySearch.getOrDefault(Pass.of(message), List.of());
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

    /** One way of a story's message through the filter. */
    private record Pass(String story, Instant receivedAt) {
        static Pass of(FilteredMessage message) {
            return new Pass(message.story().id(), message.receivedAt());
        }
    }

    private static boolean isShown(DeliveryLine line, List<FilteredMessage> seen) {
        return seen.stream()
                .flatMap(message -> message.lines().stream())
                .anyMatch(each -> each.at().equals(line.at())
                        && each.stat().equals(line.stat())
                        && each.to().stream().anyMatch(line.to()::contains));
    }
}
