package org.mailtrace.onprem.meaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.onprem.meaning.MessageFixture.ANA;
import static org.mailtrace.onprem.meaning.MessageFixture.BO;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailtrace.index.IndexedMessage;

/** A server of 2010, whose rows have no network message id, beside servers of 2016. */
class WholeMessagesTest {
    private static final String ONE = "11111111-1111-1111-1111-111111111111";
    private static final String OTHER = "22222222-2222-2222-2222-222222222222";

    private final WholeMessages wholes = new WholeMessages(MessageFixture.SITE);

    @Test
    void joinsTheOldServersRowsToTheMessageThatItsHandOverNames() {
        // given
        IndexedMessage old = old(0, "4", "77");
        IndexedMessage one = onSecond(5, ONE, "77");
        IndexedMessage other = onSecond(600, OTHER, "78");

        // when
        List<WholeMessage> messages = wholes.of(List.of(old, one, other), true);

        // then
        assertThat(messages).hasSize(2);
        assertThat(messages.getFirst().message().rows()).hasSize(4);
        assertThat(messages.getFirst().sources()).containsExactly(one, old);
        assertThat(messages.getLast().message().rows()).hasSize(2);
    }

    @Test
    void givesEachOfTwoMessagesWithOneMessageIdItsOwnRowsOfTheOldServer() {
        // given
        IndexedMessage old = rows(old(new MessageFixture(), 0, "4", "77"), 600, "5", "78");
        IndexedMessage one = onSecond(5, ONE, "77");
        IndexedMessage other = onSecond(605, OTHER, "78");

        // when
        List<WholeMessage> messages = wholes.of(List.of(old, one, other), true);

        // then
        assertThat(messages).hasSize(2).allSatisfy(whole -> {
            assertThat(whole.message().rows()).hasSize(4);
            assertThat(whole.sources()).hasSize(1);
        });
    }

    @Test
    void joinsWithoutALinkOnlyWhatCannotBeAnotherMessage() {
        // given
        IndexedMessage old = old(0, "4", "0");

        // when, then
        assertThat(wholes.of(List.of(old, onSecond(5, ONE, "77")), true)).hasSize(1);
        assertThat(wholes.of(List.of(old, onSecond(5, ONE, "77")), false)).hasSize(2);
        assertThat(wholes.of(List.of(old, onSecond(5, ONE, "77"), onSecond(600, OTHER, "78")), true))
                .hasSize(3);
        assertThat(wholes.of(List.of(old, onSecond(86_400, ONE, "77")), true)).hasSize(2);
        assertThat(wholes.of(List.of(old, fromOutside(5, ONE)), true)).hasSize(2);
    }

    @Test
    void joinsAllRowsOfTheOldServerAlthoughSomeNameNoCopy() {
        // given
        IndexedMessage old = old(new MessageFixture(), 0, "4", "77")
                .row("OLD2010", -1, "STOREDRIVER", "SUBMIT", "sender-address", "sam@contoso.example")
                .message("old");

        // when, then
        assertThat(wholes.of(List.of(old, onSecond(5, ONE, "77")), true))
                .singleElement()
                .satisfies(whole -> assertThat(whole.message().rows()).hasSize(5));
    }

    @Test
    void joinsRowsWithoutAMessageIdByTheirNetworkMessageId() {
        // given
        IndexedMessage nameless = new MessageFixture()
                .row("EXCH02", 9, "SMTP", "DEFER", "message-id", "", "network-message-id", ONE, "recipient-address", BO)
                .message("nameless");

        // when, then
        assertThat(wholes.of(List.of(nameless, onSecond(5, ONE, "77")), true)).hasSize(1);
        assertThat(wholes.of(List.of(nameless, onSecond(5, OTHER, "77")), true)).hasSize(2);
    }

    @Test
    void readsTheFateThroughBothServers() {
        // when
        IndexedMessage whole = wholes.of(List.of(old(0, "4", "77"), onSecond(5, ONE, "77")), true)
                .getFirst()
                .message();

        // then
        assertThat(new Observations(MessageFixture.SITE).whole(whole, false).recipients())
                .singleElement()
                .satisfies(recipient -> assertThat(recipient.explanation())
                        .isEqualTo(
                                "Exchange put the message into the on-premises mailbox. It came from 192.0.2.7 on the"
                                        + " Internet; seen on OLD2010, then on EXCH02."));
    }

    private static IndexedMessage old(long second, String copy, String next) {
        return old(new MessageFixture(), second, copy, next).message("old");
    }

    private static IndexedMessage rows(MessageFixture fixture, long second, String copy, String next) {
        return old(fixture, second, copy, next).message("old");
    }

    private static MessageFixture old(MessageFixture fixture, long second, String copy, String next) {
        return fixture.row(
                        "OLD2010",
                        second,
                        "SMTP",
                        "RECEIVE",
                        "internal-message-id",
                        copy,
                        "recipient-address",
                        ANA,
                        "client-ip",
                        "192.0.2.7",
                        "return-path",
                        "sam@contoso.example")
                .row(
                        "OLD2010",
                        second + 1,
                        "SMTP",
                        "SEND",
                        "internal-message-id",
                        copy,
                        "recipient-address",
                        ANA,
                        "server-hostname",
                        "EXCH02",
                        "source-context",
                        "08;250 2.6.0 <a> [InternalId=" + next + ", Hostname=exch02.rivercounty.example] Queued");
    }

    private static IndexedMessage onSecond(long second, String networkId, String copy) {
        return new MessageFixture()
                .row(
                        "EXCH02",
                        second,
                        "SMTP",
                        "RECEIVE",
                        "internal-message-id",
                        copy,
                        "recipient-address",
                        ANA,
                        "network-message-id",
                        networkId,
                        "client-hostname",
                        "OLD2010",
                        "return-path",
                        "sam@contoso.example")
                .row(
                        "EXCH02",
                        second + 1,
                        "STOREDRIVER",
                        "DELIVER",
                        "internal-message-id",
                        copy,
                        "network-message-id",
                        networkId,
                        "recipient-address",
                        ANA)
                .message(networkId);
    }

    private static IndexedMessage fromOutside(long second, String networkId) {
        return new MessageFixture()
                .row(
                        "EXCH02",
                        second,
                        "SMTP",
                        "RECEIVE",
                        "internal-message-id",
                        "77",
                        "recipient-address",
                        BO,
                        "network-message-id",
                        networkId,
                        "client-ip",
                        "192.0.2.8",
                        "return-path",
                        "sam@contoso.example")
                .message(networkId);
    }
}
