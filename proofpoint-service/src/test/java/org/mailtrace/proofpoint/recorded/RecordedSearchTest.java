package org.mailtrace.proofpoint.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Instance;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.Question;
import org.mailtrace.index.Found;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.StoredRow;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.proofpoint.record.ReadRecord;
import org.mailtrace.proofpoint.record.RecordReader;
import org.mailtrace.proofpoint.record.RecordType;
import org.mailtrace.proofpoint.record.RecordedMessages;
import org.mailtrace.proofpoint.recorded.RecordedSearch.Recorded;
import org.mailtrace.proofpoint.slicing.Deadline;
import org.mailtrace.proofpoint.slicing.Window;

/** Looking for what rules redirected; the records are synthetic. */
class RecordedSearchTest {
    private static final Instant AT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Window WINDOW = new Window(AT.minusSeconds(3600), AT.plusSeconds(3600));

    private final List<IndexQuery> queries = new ArrayList<>();
    private final List<String> looks = new ArrayList<>();
    private final RecordedSearch search =
            new RecordedSearch(proxy(Instance.class, proxy(TraceIndex.class, this::answer)));

    @Test
    void looksOnlyForWhatTheSenderAskedForSent() {
        // when
        Recorded found = search.redirected(question(), WINDOW, Deadline.in(Duration.ofHours(1)));

        // then
        assertThat(queries).singleElement().satisfies(query -> {
            assertThat(query.sender()).contains(new AddressPattern("sam@shop.example"));
            assertThat(query.id()).contains(RecordedMessages.REDIRECTED);
        });
        assertThat(looks).hasSize(3);
        assertThat(found.rows()).hasSize(3);
        assertThat(found.cut()).isFalse();
    }

    @Test
    void leavesTheRestOnceTheTimeIsOverAndSaysSo() {
        // when
        Recorded found = search.redirected(question(), WINDOW, Deadline.in(Duration.ZERO));

        // then
        assertThat(looks).isEmpty();
        assertThat(found.cut()).isTrue();
    }

    private Object answer(String method, Object argument) {
        return switch (method) {
            case "search" -> {
                queries.add((IndexQuery) argument);
                yield new Found(List.of(redirected("a"), redirected("b"), redirected("c")), false);
            }
            case "find" -> {
                looks.add((String) argument);
                yield Optional.empty();
            }
            default -> throw new IllegalStateException(method);
        };
    }

    private static IndexedMessage redirected(String name) {
        String record = """
                {"guid":"guid-%1$s","ts":"%2$s","pps":{"agent":"m1.ppops.example"},
                 "envelope":{"from":"sam@shop.example","rcpts":["claims@rivercounty.example"]},
                 "filter":{"qid":"Q%1$s","disposition":"redirect",
                           "actions":[{"module":"access","rule":"claims","action":"redirect","isFinal":true}]}}""".formatted(name, AT);
        IndexRow row = ((ReadRecord.Kept)
                        new RecordReader().read(RecordType.MESSAGE, record.getBytes(StandardCharsets.UTF_8), AT))
                .row();
        return new IndexedMessage(
                row.group(),
                row.at(),
                row.at(),
                List.of(new StoredRow(row.at(), row.part(), row.noise(), row.body())),
                true);
    }

    private static Question question() {
        return Question.parse(
                Map.of("recipient", List.of("office@partner.example"), "sender", List.of("sam@shop.example")), AT);
    }

    @SuppressWarnings("unchecked")
    private static Instance<TraceIndex> proxy(Class<?> type, TraceIndex index) {
        return (Instance<TraceIndex>) Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> index);
    }

    private static TraceIndex proxy(Class<TraceIndex> type, Index index) {
        return (TraceIndex) Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> index.answer(method.getName(), arguments[0]));
    }

    private interface Index {
        Object answer(String method, Object argument);
    }
}
