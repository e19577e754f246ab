package org.mailtrace.onprem.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.contract.Question;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Found;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.Place;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.index.sqlite.SqliteIndex;
import org.mailtrace.index.sqlite.SqliteSettings;
import org.mailtrace.onprem.LogFixture;
import org.mailtrace.onprem.meaning.GroupKey;
import org.mailtrace.onprem.meaning.References;
import org.mailtrace.onprem.meaning.Site;
import org.mailtrace.onprem.record.RowBody;
import org.mailtrace.onprem.record.TrackingRow;

/** Against a real index. All rows are synthetic. */
class CompletionTest {
    private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
    private static final String ANA = "ana@rivercounty.example";
    private static final Site SITE =
            Site.of(Set.of("OLD2010", "EXCH02"), List.of("rivercounty.example"), List.of(), List.of());

    @TempDir
    private Path folder;

    private final List<IndexRow> rows = new ArrayList<>();
    private TraceIndex index;
    private Completion completion;

    @BeforeEach
    void open() {
        index = SqliteIndex.open(new SqliteSettings(folder.resolve("index.db"), 1, RowBody.SAMPLE));
        completion = new Completion(index, SITE, Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        index.close();
    }

    @Test
    void showsAMessageThatTwoGenerationsOfServersSawOnceAndWhole() {
        // given
        throughBoth(1);
        store();

        // when
        List<IndexedMessage> byRecipient = listed("recipient", ANA);
        List<IndexedMessage> byNetworkId = listed("messageId", networkId(1));

        // then
        assertThat(byRecipient).singleElement().satisfies(message -> {
            assertThat(message.rows()).hasSize(4);
            assertThat(message.firstSeen()).isEqualTo(T0.plusSeconds(60));
        });
        assertThat(byNetworkId)
                .singleElement()
                .satisfies(message -> assertThat(message.rows()).hasSize(4));
        for (IndexedMessage shown : List.of(byRecipient.getFirst(), byNetworkId.getFirst())) {
            assertThat(completion.whole(index.find(shown.group()).orElseThrow()))
                    .isEqualTo(shown);
        }
    }

    @Test
    void pagesOverSuchMessagesWithoutSkippingOrRepeating() {
        // given
        for (int i = 1; i <= 5; i++) {
            throughBoth(i);
        }
        store();

        // when
        List<String> shown = new ArrayList<>();
        Optional<Place> after = Optional.empty();
        boolean more = true;
        while (more) {
            Question question = question("recipient", ANA);
            Found found = index.search(query(question, after, 2));
            found.messages().stream()
                    .flatMap(hit -> completion.listed(hit, question).stream())
                    .forEach(message -> shown.add(message.rows().getFirst().body()));
            IndexedMessage last = found.messages().getLast();
            after = Optional.of(new Place(last.firstSeen(), last.group()));
            more = found.more();
        }

        // then
        assertThat(shown).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void showsWhatOnlyOneOfItsPartsWasFoundFor() {
        // given
        throughBoth(1);
        row(70, "EXCH02", 1, true, "ROUTING", "EXPAND", "bo@rivercounty.example", "related-recipient-address", ANA);
        store();

        // when, then
        assertThat(listed("recipient", "bo@rivercounty.example"))
                .singleElement()
                .satisfies(message -> assertThat(message.rows()).hasSize(5));
    }

    @Test
    void findsTheReportsOfAMessage() {
        // given
        throughBoth(1);
        row(90, "EXCH02", 2, true, "DSN", "DSN", "sam@contoso.example", "reference", "<m1@contoso.example>");
        store();

        // when, then
        assertThat(completion.referring(listed("recipient", ANA).getFirst())).hasSize(1);
        assertThat(listed("messageId", "<m1@contoso.example>")).hasSize(1);
    }

    private void throughBoth(int number) {
        long start = number * 60L;
        String next = "[InternalId=" + number + ", Hostname=exch02.rivercounty.example]";
        row(start, "OLD2010", number, false, "SMTP", "RECEIVE", ANA, "client-ip", "192.0.2.7");
        row(start + 1, "OLD2010", number, false, "SMTP", "SEND", ANA, "source-context", "08;250 2.6.0 " + next);
        row(start + 2, "EXCH02", number, true, "SMTP", "RECEIVE", ANA, "client-hostname", "OLD2010");
        row(start + 3, "EXCH02", number, true, "STOREDRIVER", "DELIVER", ANA);
    }

    private void row(
            long second,
            String server,
            int number,
            boolean networkId,
            String source,
            String event,
            String recipient,
            String... pairs) {
        Instant at = T0.plusSeconds(second);
        Map<String, String> values = new LinkedHashMap<>(LogFixture.values(at, source, event, pairs));
        values.put("message-id", "<m" + number + "@contoso.example>");
        values.put("internal-message-id", Integer.toString(number));
        values.put("recipient-address", recipient);
        values.put("return-path", "sam@contoso.example");
        if (networkId) {
            values.put("network-message-id", networkId(number));
        }
        TrackingRow row = new TrackingRow(at, values);
        List<String> ids = Stream.concat(
                        Stream.concat(row.messageId().stream(), row.networkMessageId().stream()),
                        References.of(row).stream().map(References::inIndex))
                .toList();
        rows.add(new IndexRow(
                "row " + rows.size(),
                at,
                server,
                GroupKey.inIndex(GroupKey.of(row.messageId(), row.networkMessageId())),
                ids,
                row.returnPath(),
                Optional.empty(),
                Stream.concat(row.recipients().stream(), row.relatedRecipients().stream())
                        .toList(),
                Optional.empty(),
                false,
                RowBody.of(row)));
    }

    private void store() {
        index.append(Batch.of(rows));
    }

    private List<IndexedMessage> listed(String name, String value) {
        Question question = question(name, value);
        return index.search(query(question, Optional.empty(), 10)).messages().stream()
                .flatMap(hit -> completion.listed(hit, question).stream())
                .toList();
    }

    private static Question question(String name, String value) {
        Map<String, List<String>> parameters = new HashMap<>();
        parameters.put(name, List.of(value));
        parameters.put("from", List.of(T0.toString()));
        parameters.put("to", List.of(T0.plusSeconds(3600).toString()));
        return Question.parse(parameters, T0.plusSeconds(3600));
    }

    private static IndexQuery query(Question question, Optional<Place> after, int limit) {
        return new IndexQuery(
                question.sender(),
                question.recipients(),
                question.subject(),
                question.messageId().map(id -> id.value()),
                question.from(),
                question.to(),
                false,
                after,
                limit,
                Duration.ofSeconds(5));
    }

    private static String networkId(int number) {
        return "11111111-1111-1111-1111-00000000000" + number;
    }
}
