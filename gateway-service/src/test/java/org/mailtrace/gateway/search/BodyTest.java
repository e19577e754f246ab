package org.mailtrace.gateway.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.NameValue;
import org.mailtrace.contract.Outcome;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.gateway.Flow;
import org.mailtrace.gateway.answer.Trace;
import org.mailtrace.gateway.answer.TraceAnswer;
import org.mailtrace.gateway.answer.TraceRecipient;
import org.mailtrace.gateway.format.Table;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.search.Reading.Entry;
import org.mailtrace.gateway.words.PageWords;

class BodyTest {
    private static final Message MESSAGE = new Flow()
            .saw("cloud", 100, Flow.is(RecipientStatus.DELIVERED, 100))
            .message();
    private static final Entry ENTRY = new Entry(MESSAGE, Spot.before(Flow.NOW));

    @Test
    void endsBeforeTheLimitAndSaysSo() {
        // given
        Trace trace = trace("Quarterly report", 1, 0);
        Body body = new Body((int) (2.5 * Body.sizeOf(trace)), Flow.byId());

        // then
        assertThat(body.add(ENTRY, trace, Set.of())).isTrue();
        assertThat(body.add(ENTRY, trace, Set.of())).isTrue();
        assertThat(body.add(ENTRY, trace, Set.of())).isFalse();
        assertThat(body.traces()).hasSize(2);
        assertThat(body.shown()).hasSize(2);
    }

    @Test
    void leavesEventsOutOfTheMiddleOfATraceThatIsTooLargeAndSaysHowMany() {
        // given
        Trace trace = trace("Large", 2, 3000);
        Body body = new Body(200_000, Flow.byId());

        // when
        body.add(ENTRY, trace, Set.of());

        // then
        Trace shown = body.traces().getFirst();
        assertThat(Body.sizeOf(shown)).isBetween(150_000L, 200_000L);
        assertThat(shown.recipients()).hasSize(2);
        assertThat(shown.events().getFirst()).isEqualTo(trace.events().getFirst());
        assertThat(shown.events().getLast()).isEqualTo(trace.events().getLast());
        assertThat(shown.notices())
                .filteredOn(notice -> notice.code().equals("EVENTS_LEFT_OUT"))
                .singleElement()
                .satisfies(notice -> assertThat(notice.text())
                        .contains("3000 events", shown.events().size() + " of them"));
        assertThat(body.warnings()).containsExactly(PageWords.cut());
    }

    @Test
    void leavesRecipientsOutThatDoNotFitAndKeepsThoseAskedFor() {
        // given
        Trace trace = trace("Large", 3000, 50);
        Question question = Flow.question(
                Optional.empty(),
                List.of(new AddressPattern("recipient-2999@rivercounty.example")),
                Flow.ago(100),
                Flow.NOW);
        Body body = new Body(200_000, question);

        // when
        body.add(ENTRY, trace, Set.of());

        // then
        Trace shown = body.traces().getFirst();
        assertThat(Body.sizeOf(shown)).isBetween(150_000L, 200_000L);
        assertThat(shown.recipients().getFirst().address()).isEqualTo("recipient-2999@rivercounty.example");
        assertThat(shown.events()).hasSize(50);
        assertThat(shown.notices())
                .filteredOn(notice -> notice.code().equals("RECIPIENTS_LEFT_OUT"))
                .singleElement()
                .satisfies(notice -> assertThat(notice.text())
                        .contains("3000 recipients", shown.recipients().size() + " of them"));
    }

    @Test
    void aTraceThatFitsIsShownWholeAndNothingIsSaid() {
        // given
        Trace trace = trace("Small", 5, 5);
        Body body = new Body(200_000, Flow.byId());

        // when
        body.add(ENTRY, trace, Set.of());

        // then
        assertThat(body.traces()).containsExactly(trace);
        assertThat(body.warnings()).isEmpty();
    }

    @Test
    void countsWhatHasAnotherOutcomeAsSeenAndNotAsShown() {
        // given
        Body body = new Body(1_000_000, Flow.byId());

        // when
        body.add(ENTRY, trace("Quarterly report", 1, 0), Set.of(Outcome.FAILED));

        // then
        assertThat(body.shown()).hasSize(1);
        assertThat(body.traces()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Quarterly report", "\u65e5\u672c\u8a9e\u306e\u4ef6\u540d", "\"\"\\\\\n\n\u0001"})
    void neverTakesATraceForMuchSmallerThanItIs(String text) throws JsonProcessingException {
        // given
        ObjectMapper json = new ObjectMapper().registerModules(new Jdk8Module(), new JavaTimeModule());
        Trace trace = trace(text, 40, 60);

        // then
        assertThat(Body.sizeOf(trace)).isGreaterThan((long) (0.95 * json.writeValueAsBytes(trace).length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Quarterly report", "\u65e5\u672c\u8a9e\u306e\u4ef6\u540d", "\"\"\\\n\n\u0001"})
    void neverTakesATableForSmallerThanItIs(String text) {
        Trace trace = trace(text, 40, 60);

        assertThat(Shape.TABLE.sizeOf(trace)).isGreaterThan(sizeOfTable(trace));
    }

    @Test
    void aTableThatSaysMuchAgainInEveryRowEndsAndIsCutByItsOwnSize() {
        // given a trace that is small as an object and large as a table
        Trace trace = trace("x".repeat(2000), 200, 0);
        Body whole = new Body(4_000_000, Shape.JSON, Flow.byId());
        Body table = new Body(4_000_000, Shape.TABLE, Flow.byId());
        Body small = new Body(400_000, Shape.TABLE, Flow.byId());

        // when
        whole.add(ENTRY, trace, Set.of());
        boolean bothAsObjects = whole.add(ENTRY, trace, Set.of());
        table.add(ENTRY, trace, Set.of());
        boolean bothAsTables = table.add(ENTRY, trace, Set.of());
        small.add(ENTRY, trace, Set.of());

        // then
        assertThat(bothAsObjects).isTrue();
        assertThat(bothAsTables).isFalse();
        assertThat(table.warnings()).isEmpty();
        Trace shown = small.traces().getFirst();
        assertThat(sizeOfTable(shown)).isBetween(200_000L, 400_000L);
        assertThat(shown.notices()).extracting(Trace.Notice::code).contains("RECIPIENTS_LEFT_OUT");
        assertThat(small.warnings()).containsExactly(PageWords.cut());
    }

    @Test
    void aNoticeAboutARecipientWhoIsLeftOutIsLeftOutAsWell() {
        // given
        Trace trace = noticed(trace("Large", 3000, 0), 3000);
        Body body = new Body(200_000, Flow.byId());

        // when
        body.add(ENTRY, trace, Set.of());

        // then
        Trace shown = body.traces().getFirst();
        assertThat(Body.sizeOf(shown)).isBetween(120_000L, 200_000L);
        assertThat(shown.notices()).hasSize(shown.recipients().size() + 2);
    }

    private static long sizeOfTable(Trace trace) {
        return Table.of(new TraceAnswer(
                        new TraceAnswer.QueryEcho(
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                Optional.of(Flow.ID),
                                Flow.NOW.minusSeconds(60),
                                Flow.NOW,
                                100,
                                Optional.empty()),
                        true,
                        "1 message found.",
                        Optional.of("America/Denver"),
                        List.of(trace),
                        List.of(),
                        List.of(),
                        new TraceAnswer.PageLinks(Optional.empty())))
                .getBytes(StandardCharsets.UTF_8)
                .length;
    }

    /** With a notice about each of the first recipients. */
    private static Trace noticed(Trace trace, int recipients) {
        List<Trace.Notice> notices = new ArrayList<>(trace.notices());
        trace.recipients().stream()
                .limit(recipients)
                .map(recipient -> new Trace.Notice("TWO", "Two mailboxes.", Optional.of(recipient.address())))
                .forEach(notices::add);
        return new Trace(
                trace.id(),
                trace.messageId(),
                trace.networkMessageId(),
                trace.sender(),
                trace.headerFrom(),
                trace.subject(),
                trace.sizeBytes(),
                trace.direction(),
                trace.firstSeen(),
                trace.lastSeen(),
                trace.path(),
                trace.join(),
                trace.recipients(),
                notices,
                trace.related(),
                trace.events(),
                trace.links());
    }

    private static Trace trace(String text, int recipients, int events) {
        return new Trace(
                "id",
                Optional.of(Flow.ID),
                Optional.of("4451a062-48cb-e80d-e8c0-196330437ae6"),
                Optional.of("sam@contoso.example"),
                Optional.of(text),
                Optional.of(text),
                Optional.of(4711L),
                Direction.INBOUND,
                Flow.NOW,
                Flow.NOW,
                List.of("edge", "cloud"),
                new Trace.Join(Trace.Confidence.EXACT, List.of("message-id")),
                IntStream.range(0, recipients).mapToObj(i -> recipient(i, text)).toList(),
                List.of(new Trace.Notice("CODE", text)),
                List.of(),
                IntStream.range(0, events).mapToObj(i -> event(i, text)).toList(),
                new Trace.Links("http://localhost/traces/id", List.of("https://console.example/" + text)));
    }

    private static TraceRecipient recipient(int number, String text) {
        return new TraceRecipient(
                "recipient-" + number + "@rivercounty.example",
                Outcome.DELIVERED,
                Direction.INBOUND,
                Optional.of("cloud"),
                Optional.of(Instant.parse("2026-11-23T10:00:00Z")),
                Optional.of(text),
                List.of(),
                List.of(),
                text,
                Optional.of(text),
                List.of(new TraceRecipient.Evidence(
                        "cloud", "an id of the source", Flow.NOW, "DELIVERED", Optional.of("delivered"), text)));
    }

    private static Trace.Event event(int number, String text) {
        return new Trace.Event(
                "cloud",
                Flow.NOW.plusSeconds(number),
                "DELIVER",
                Optional.of(Flow.ANA),
                Optional.of(text),
                Optional.of(text),
                List.of(new NameValue("event", text), new NameValue("data", text)));
    }
}
