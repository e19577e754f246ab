package org.mailtrace.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    @Test
    void looksBackADayUnlessToldOtherwise() {
        // when
        Question question = parse("recipient", "Ana@RiverCounty.example");

        // then
        assertThat(question.from()).isEqualTo(NOW.minus(Duration.ofHours(24)));
        assertThat(question.to()).isEqualTo(NOW);
        assertThat(question.recipients()).containsExactly(new AddressPattern("ana@rivercounty.example"));
        assertThat(question.limit()).isEqualTo(100);
    }

    @Test
    void looksBackTenDaysForAnId() {
        assertThat(parse("messageId", "<a@b.example>").from()).isEqualTo(NOW.minus(Duration.ofDays(10)));
    }

    @Test
    void countsTheDefaultWindowFromTheGivenEnd() {
        // when
        Question question = parse("sender", "sam@contoso.example", "to", "2026-10-01T00:00:00+02:00");

        // then
        assertThat(question.to()).isEqualTo(Instant.parse("2026-09-30T22:00:00Z"));
        assertThat(question.from()).isEqualTo(Instant.parse("2026-09-29T22:00:00Z"));
    }

    @Test
    void saysEveryFaultAtOnce() {
        // when
        InvalidQuestionException refused = refusalOf(
                "recipient", "a*@rivercounty.example,plain",
                "subject", "ab",
                "from", "2026-11-24T00:00:00Z",
                "limit", "1001",
                "include", "events,everything",
                "advanced", "yes",
                "colour", "red");

        // then
        assertThat(refused.faults())
                .extracting(Fault::parameter)
                .containsExactly("colour", "recipient", "recipient", "subject", "from", "limit", "include", "advanced");
    }

    @Test
    void wantsSomethingToLookFor() {
        assertThat(refusalOf("limit", "5").faults())
                .extracting(Fault::message)
                .containsExactly("Give at least one of sender, recipient, subject or messageId.");
    }

    @ParameterizedTest
    @CsvSource({
        "sender, *@*.example",
        "sender, *",
        "sender, sam@",
        "sender, Sam <sam@contoso.example>",
        "recipient, <>",
        "recipient, '*ana@rivercounty.example'",
        "messageId, <>",
        "from, 2026-11-22",
        "to, 2026-11-01T00:00:00Z?",
        "limit, -1",
        "ticket, '  '"
    })
    void refusesWhatNoSourceCouldAnswer(String name, String value) {
        // given
        Map<String, List<String>> parameters = new HashMap<>(Map.of("subject", List.of("offers")));
        parameters.put(name, List.of(value));

        // then
        InvalidQuestionException refused =
                catchThrowableOfType(InvalidQuestionException.class, () -> Question.parse(parameters, NOW));
        assertThat(refused.faults()).extracting(Fault::parameter).containsExactly(name);
    }

    @Test
    void refusesControlCharactersRepeatedAndOverlongParameters() {
        assertThat(refusalOf("subject", "offers\r\nX: y").faults()).hasSize(1);
        assertThat(refusalOf("subject", "x".repeat(1001)).faults()).hasSize(1);
        assertThatThrownBy(() -> Question.parse(Map.of("subject", List.of("offers", "others")), NOW))
                .isInstanceOf(InvalidQuestionException.class);
        assertThat(refusalOf(
                                "recipient",
                                Collections.nCopies(21, "a@b.example").stream().collect(Collectors.joining(",")))
                        .faults())
                .hasSize(1);
    }

    @Test
    void refusesAWindowThatEndsBeforeItBegins() {
        assertThat(refusalOf("sender", "a@b.example", "from", "2026-11-22T00:00:00Z", "to", "2026-11-22T00:00:00Z")
                        .faults())
                .extracting(Fault::parameter)
                .containsExactly("from");
    }

    @Test
    void refusesAnEndBeforeWhichTheWholeWindowWouldLieInTheFuture() {
        // given
        String twoDays = NOW.plus(Duration.ofDays(2)).toString();
        String elevenDays = NOW.plus(Duration.ofDays(11)).toString();

        // then
        assertThat(refusalOf("recipient", "a@b.example", "to", twoDays).faults())
                .extracting(Fault::parameter)
                .containsExactly("to");
        assertThat(refusalOf("messageId", "a@b.example", "to", elevenDays).faults())
                .extracting(Fault::parameter)
                .containsExactly("to");
        assertThat(parse("messageId", "a@b.example", "to", twoDays).from()).isBefore(NOW);
    }

    @Test
    void whatCannotBeAskedIsWhatWouldBeRefused() {
        for (String id : List.of("<a\tb@contoso.example>", "<" + "x".repeat(999) + ">", "<>")) {
            assertThat(MailId.of(id).isAskable()).as(id).isFalse();
            assertThat(refusalOf("messageId", MailId.of(id).value()).faults()).isNotEmpty();
        }
        for (String address : List.of("\"a b\"@x.example", "a\u0007@x.example", "nobody", "a,b@x.example")) {
            assertThat(new AddressPattern(address).isAskable()).as(address).isFalse();
            assertThat(refusalOf("recipient", address).faults()).isNotEmpty();
        }
        assertThat(MailId.of("<" + "x".repeat(998) + ">").isAskable()).isTrue();
        assertThat(new AddressPattern("ana@rivercounty.example").isAskable()).isTrue();
    }

    @Test
    void putsTheFaultsOfTheCallerBesideItsOwn() {
        // given
        Map<String, List<String>> parameters = Map.of("source", List.of("x"), "limit", List.of("0"));
        Fault unknownSource = new Fault("source", "No such source.");

        // then
        InvalidQuestionException refused = catchThrowableOfType(
                InvalidQuestionException.class,
                () -> Question.parse(parameters, NOW, Set.of("source"), List.of(unknownSource)));
        assertThat(refused.faults()).extracting(Fault::parameter).containsExactly("source", "sender", "limit");
    }

    @Test
    void asksAgainWhatItWasAsked() {
        // given
        Question question = parse(
                "sender", "<>",
                "recipient", "*@rivercounty.example,ana@other.example",
                "messageId", "D9683B4C-127B-413A-AE2E-FA7DFB32C69D",
                "include", "recipients,events",
                "ticket", "INC1");

        // when
        Map<String, List<String>> parameters = question.toParameters().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));

        // then
        assertThat(Question.parse(parameters, NOW.plusSeconds(9))).isEqualTo(question);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<>"})
    void knowsTheNullSenderHoweverItIsWritten(String address) {
        assertThat(new AddressPattern("<>").matches(address)).isTrue();
        assertThat(new AddressPattern("<>").matches("sam@contoso.example")).isFalse();
    }

    @Test
    void matchesAWholeDomainAndNothingBesideIt() {
        // given
        AddressPattern domain = new AddressPattern("*@rivercounty.example");

        // then
        assertThat(domain.matches("Ana@RIVERCOUNTY.example")).isTrue();
        assertThat(domain.matches("ana@sub.rivercounty.example")).isFalse();
        assertThat(domain.matches("ana@notrivercounty.example")).isFalse();
        assertThat(domain.matches("rivercounty.example")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "4451a06248cbe80de8c0196330437ae6, NETWORK_MESSAGE_ID, 4451a062-48cb-e80d-e8c0-196330437ae6",
        "4451A062-48CB-E80D-E8C0-196330437AE6, NETWORK_MESSAGE_ID, 4451a062-48cb-e80d-e8c0-196330437ae6",
        "Abc@contoso.example, MESSAGE_ID, <Abc@contoso.example>",
        "<Abc@contoso.example>, MESSAGE_ID, <Abc@contoso.example>",
        "4451a06248cbe80de8c0196330437aeg, MESSAGE_ID, <4451a06248cbe80de8c0196330437aeg>"
    })
    void tellsTheTwoKindsOfIdsApart(String text, MailId.Kind kind, String canonical) {
        assertThat(MailId.of(text)).isEqualTo(new MailId(kind, canonical));
    }

    private static Question parse(String... namesAndValues) {
        return Question.parse(parameters(namesAndValues), NOW);
    }

    private static InvalidQuestionException refusalOf(String... namesAndValues) {
        return catchThrowableOfType(InvalidQuestionException.class, () -> parse(namesAndValues));
    }

    private static Map<String, List<String>> parameters(String... namesAndValues) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
        }
        return parameters;
    }
}
