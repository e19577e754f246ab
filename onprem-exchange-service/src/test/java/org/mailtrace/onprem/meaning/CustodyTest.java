package org.mailtrace.onprem.meaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.onprem.meaning.MessageFixture.ANA;
import static org.mailtrace.onprem.meaning.MessageFixture.BO;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.contract.Origin;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;

/** Two servers' clocks may be an hour apart: what counts is who handed over to whom. */
class CustodyTest {
    private static final String TO_SECOND = "08DD;250 2.6.0 <a@contoso.example> [InternalId=77, Hostname=exch02"
            + ".rivercounty.example] Queued mail for delivery";

    @ParameterizedTest
    @ValueSource(longs = {-3600, -5, 0, 5, 3600})
    void readsTheNextServersWordAfterTheHandOverHoweverFarItsClockIsOff(long skew) {
        // given
        MessageFixture message = throughBothServers(skew)
                .row("EXCH02", 9 + skew, "SMTP", "DEFER", "internal-message-id", "77", "recipient-address", ANA);

        // when, then
        assertThat(message.recipient(ANA).status()).isEqualTo(RecipientStatus.DEFERRED);
        assertThat(message.recipient(ANA).explanation()).contains("seen on EXCH01, then on EXCH02");
        assertThat(message.observation().origin()).contains(Origin.OUTSIDE);
        assertThat(message.observation().clientIp()).contains("192.0.2.7");
        assertThat(message.observation().events().stream()
                        .map(event -> event.host().orElseThrow()))
                .containsSequence("EXCH01", "EXCH01", "EXCH01", "EXCH02", "EXCH02");
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, 0, 3600})
    void followsTheHandOverByHostWhereTheReplyNamesNoInternalId(long skew) {
        // given
        MessageFixture message = new MessageFixture()
                .row("EXCH01", 0, "SMTP", "RECEIVE", "recipient-address", ANA, "original-client-ip", "192.0.2.7")
                .row("EXCH01", 2, "SMTP", "SEND", "recipient-address", ANA, "server-hostname", "EXCH02")
                .row("EXCH02", 3 + skew, "SMTP", "RECEIVE", "recipient-address", ANA, "client-hostname", "EXCH01")
                .row("EXCH02", 4 + skew, "ROUTING", "FAIL", "recipient-address", ANA, "source-context", "550 5.1.1");

        // when, then
        assertThat(message.recipient(ANA).status()).isEqualTo(RecipientStatus.FAILED);
        assertThat(message.recipient(ANA).explanation()).contains("550 5.1.1").contains("EXCH01, then on EXCH02");
    }

    @Test
    void keepsADeliveryAlthoughAFastClockStampedADeferralLater() {
        // given
        MessageFixture message = throughBothServers(-3600)
                .row("EXCH01", 1, "SMTP", "DEFER", "internal-message-id", "11", "recipient-address", ANA)
                .row("EXCH02", -3500, "STOREDRIVER", "DELIVER", "recipient-address", ANA);

        // when, then
        assertThat(message.recipient(ANA).status()).isEqualTo(RecipientStatus.DELIVERED);
    }

    @Test
    void namesTheServerThatWasGivenTheMessageAndShowsNothingOfIt() {
        // given
        MessageFixture message = new MessageFixture()
                .row("EXCH01", 0, "SMTP", "RECEIVE", "recipient-address", ANA)
                .row("EXCH01", 1, "SMTP", "SEND", "recipient-address", ANA, "server-hostname", "EXCH02");

        // when, then
        assertThat(message.recipient(ANA).status()).isEqualTo(RecipientStatus.IN_TRANSIT);
        assertThat(message.recipient(ANA).explanation()).contains("gave the message to its server EXCH02");
    }

    @Test
    void endsAlsoWhenTwoServersSeemToHandItToEachOtherInACircle() {
        // given
        MessageFixture message = Stream.of("EXCH01", "EXCH02")
                .reduce(
                        new MessageFixture(),
                        (fixture, server) -> {
                            String other = server.equals("EXCH01") ? "EXCH02" : "EXCH01";
                            return fixture.row(
                                            server,
                                            5,
                                            "SMTP",
                                            "RECEIVE",
                                            "recipient-address",
                                            ANA,
                                            "client-hostname",
                                            other)
                                    .row(server, 6, "SMTP", "SEND", "recipient-address", ANA, "server-hostname", other);
                        },
                        (one, two) -> one);

        // when, then
        assertThat(message.recipient(ANA).status()).isEqualTo(RecipientStatus.IN_TRANSIT);
        assertThat(message.observation().events()).hasSize(4);
    }

    @Test
    void findsTheGroupsAndServersThatLedToAMember() {
        // given
        MessageFixture message = new MessageFixture()
                .row("EXCH01", 0, "SMTP", "RECEIVE", "recipient-address", "all@rivercounty.example")
                .row(
                        "EXCH01",
                        1,
                        "ROUTING",
                        "EXPAND",
                        "recipient-address",
                        "team@rivercounty.example;" + BO,
                        "related-recipient-address",
                        "all@rivercounty.example")
                .row(
                        "EXCH01",
                        2,
                        "SMTP",
                        "SEND",
                        "recipient-address",
                        "team@rivercounty.example",
                        "server-hostname",
                        "EXCH02")
                .row(
                        "EXCH02",
                        -3000,
                        "SMTP",
                        "RECEIVE",
                        "recipient-address",
                        "team@rivercounty.example",
                        "client-hostname",
                        "EXCH01",
                        "internal-message-id",
                        "5")
                .row(
                        "EXCH02",
                        -2999,
                        "ROUTING",
                        "EXPAND",
                        "recipient-address",
                        ANA + ";cy@rivercounty.example",
                        "related-recipient-address",
                        "team@rivercounty.example",
                        "internal-message-id",
                        "6",
                        "reference",
                        "5")
                .row("EXCH02", -2998, "STOREDRIVER", "DELIVER", "recipient-address", ANA);

        // when, then
        assertThat(message.narrowedTo(ANA))
                .containsExactlyInAnyOrder(ANA, "team@rivercounty.example", "all@rivercounty.example");
        assertThat(message.narrowedTo("all@rivercounty.example"))
                .containsExactlyInAnyOrder(
                        "all@rivercounty.example", "team@rivercounty.example", BO, ANA, "cy@rivercounty.example");
        assertThat(message.narrowedTo(BO)).containsExactlyInAnyOrder(BO, "all@rivercounty.example");
        Recipient ana = message.recipient(ANA);
        assertThat(ana.explanation()).contains("seen on EXCH01, then on EXCH02");
    }

    private static MessageFixture throughBothServers(long skew) {
        return new MessageFixture()
                .row(
                        "EXCH01",
                        0,
                        "SMTP",
                        "RECEIVE",
                        "internal-message-id",
                        "11",
                        "recipient-address",
                        ANA,
                        "original-client-ip",
                        "192.0.2.7")
                .row("EXCH01", 4, "SMTP", "DEFER", "internal-message-id", "11", "recipient-address", ANA)
                .row(
                        "EXCH01",
                        7,
                        "SMTP",
                        "SEND",
                        "internal-message-id",
                        "11",
                        "recipient-address",
                        ANA,
                        "server-hostname",
                        "EXCH02",
                        "source-context",
                        TO_SECOND)
                .row(
                        "EXCH02",
                        8 + skew,
                        "SMTP",
                        "RECEIVE",
                        "internal-message-id",
                        "77",
                        "recipient-address",
                        ANA,
                        "client-hostname",
                        "exch01.rivercounty.example");
    }
}
