package org.mailtrace.onprem.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Origin;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.StoredRow;
import org.mailtrace.onprem.LogFixture;
import org.mailtrace.onprem.record.RowBody;
import org.mailtrace.onprem.record.TrackingRow;

/** All rows here are synthetic, in the documented meaning of their fields. */
class ObservationsTest {
    private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
    private static final String ANA = "ana@rivercounty.example";
    private static final Site SITE = Site.of(
            Set.of("EXCH01", "EXCH02"),
            List.of("rivercounty.example"),
            List.of("10.20.0.0/16", "10.20.3.0/24 printers"),
            List.of(
                    new KnownHop("*.pphosted.example", "proofpoint"),
                    new KnownHop("198.51.100.200", KnownHop.EXCHANGE_ONLINE)));

    private final List<TrackingRow> rows = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "RECEIVE, SMTP, IN_TRANSIT",
        "SUBMIT, STOREDRIVER, IN_TRANSIT",
        "DELIVER, STOREDRIVER, DELIVERED",
        "DUPLICATEDELIVER, STOREDRIVER, DELIVERED",
        "FAIL, ROUTING, FAILED",
        "DEFER, SMTP, DEFERRED",
        "DROP, AGENT, DISCARDED",
        "SUPPRESSED, QUEUE, DISCARDED",
        "BADMAIL, PICKUP, DISCARDED",
        "THROTTLE, SMTP, DEFERRED",
        "POISONMESSAGE, POISON, DEFERRED",
        "INITMESSAGECREATED, APPROVAL, IN_TRANSIT",
        "MODERATORREJECT, APPROVAL, REJECTED",
        "MODERATIONEXPIRE, APPROVAL, REJECTED",
        "HARECEIVE, SMTP, UNKNOWN",
        "SETROUTE, ROUTING, UNKNOWN"
    })
    void readsTheLastWordOfEveryEvent(String event, String source, RecipientStatus status) {
        // given
        add(source, event, "recipient-address", ANA);

        // when, then
        assertThat(recipient(ANA).status()).isEqualTo(status);
        assertThat(recipient(ANA).rawStatus()).contains(event);
        assertThat(recipient(ANA).explanation()).isNotBlank();
    }

    @Test
    void countsAShadowCopyAsNoDeliveryAndKeepsADeliveryWhateverClocksSay() {
        // given
        add("STOREDRIVER", "DELIVER", "recipient-address", ANA);
        add("SMTP", "HARECEIVE", "recipient-address", ANA);
        add("SMTP", "SEND", "recipient-address", ANA, "server-hostname", "EXCH02.rivercounty.example");

        // when, then
        assertThat(recipient(ANA).status()).isEqualTo(RecipientStatus.DELIVERED);
        assertThat(observation().events()).hasSize(2);
    }

    @Test
    void tellsAHandOverAmongOurServersFromOneThatPassesCustodyOn() {
        // given
        add(
                "SMTP",
                "SEND",
                "recipient-address",
                ANA + ";kim@contoso.example",
                "server-hostname",
                "exch02.rivercounty.example",
                "recipient-status",
                "250 2.1.5 Recipient OK;250 2.1.5 Recipient OK");
        add(
                "SMTP",
                "SENDEXTERNAL",
                "recipient-address",
                "kim@contoso.example",
                "server-hostname",
                "mx.contoso.example",
                "source-context",
                "08DD;250 2.0.0 Ok: queued as 4F1;ClientSubmitTime:");

        // when, then
        assertThat(recipient(ANA).status()).isEqualTo(RecipientStatus.IN_TRANSIT);
        Recipient outside = recipient("kim@contoso.example");
        assertThat(outside.status()).isEqualTo(RecipientStatus.PASSED_ON);
        assertThat(outside.nextHop().orElseThrow().host()).isEqualTo("mx.contoso.example");
        assertThat(outside.nextHop().orElseThrow().reply()).contains("250 2.0.0 Ok: queued as 4F1");
    }

    @Test
    void followsAliasesForwardingsAndGroupsToTheirTargets() {
        // given
        add("ROUTING", "RESOLVE", "recipient-address", ANA, "related-recipient-address", "old@rivercounty.example");
        add(
                "ROUTING",
                "EXPAND",
                "recipient-address",
                "bo@rivercounty.example;cy@rivercounty.example",
                "related-recipient-address",
                "team@rivercounty.example");
        add(
                "ROUTING",
                "REDIRECT",
                "recipient-address",
                "kim@contoso.example",
                "related-recipient-address",
                "bo@rivercounty.example");
        add("STOREDRIVER", "DELIVER", "recipient-address", ANA);

        // when
        Recipient alias = recipient("old@rivercounty.example");
        Recipient group = recipient("team@rivercounty.example");
        Recipient forwarded = recipient("bo@rivercounty.example");

        // then
        assertThat(alias.status()).isEqualTo(RecipientStatus.RESOLVED);
        assertThat(alias.relatedAddresses()).containsExactly(ANA);
        assertThat(group.status()).isEqualTo(RecipientStatus.EXPANDED);
        assertThat(group.relatedAddresses()).containsExactly("bo@rivercounty.example", "cy@rivercounty.example");
        assertThat(forwarded.status()).isEqualTo(RecipientStatus.REDIRECTED);
        assertThat(recipient(ANA).status()).isEqualTo(RecipientStatus.DELIVERED);
        assertThat(narrowed("team@rivercounty.example").recipients())
                .extracting(Recipient::address)
                .containsExactlyInAnyOrder(
                        "team@rivercounty.example",
                        "bo@rivercounty.example",
                        "cy@rivercounty.example",
                        "kim@contoso.example");
        assertThat(narrowed("kim@contoso.example").recipients())
                .extracting(Recipient::address)
                .containsExactlyInAnyOrder("kim@contoso.example", "bo@rivercounty.example", "team@rivercounty.example");
        assertThat(narrowed("team@rivercounty.example").recipientsComplete()).isFalse();
    }

    @Test
    void quotesTheLastErrorOfAFailurePerRecipient() {
        // given
        add(
                "SMTP",
                "FAIL",
                "recipient-address",
                ANA + ";bo@rivercounty.example",
                "recipient-status",
                "[{LED=550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found};{MSG=};{FQDN=}];[{LED=554 5.4.14 Hop count};{MSG=}]");

        // when, then
        assertThat(recipient(ANA).explanation()).contains("550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found");
        assertThat(recipient("bo@rivercounty.example").reason()).contains("554 5.4.14 Hop count");
    }

    @Test
    void doesNotCallADroppedOriginalLostWhileAModeratorDecides() {
        // given
        add("APPROVAL", "INITMESSAGECREATED", "recipient-address", ANA);
        add("APPROVAL", "DROP", "recipient-address", ANA);

        // when, then
        assertThat(recipient(ANA).status()).isEqualTo(RecipientStatus.IN_TRANSIT);
        assertThat(recipient(ANA).reason()).contains("moderation");
    }

    @Test
    void seesWhereAMessageCameFrom() {
        assertThat(origin("SMTP", "RECEIVE", "original-client-ip", "192.0.2.7")).contains(Origin.OUTSIDE);
        assertThat(origin("SMTP", "RECEIVE", "original-client-ip", "10.20.3.4")).contains(Origin.DEVICE);
        assertThat(origin("SMTP", "RECEIVE", "original-client-ip", "10.99.3.4")).isEmpty();
        assertThat(origin("STOREDRIVER", "RECEIVE", "original-client-ip", "10.20.3.4"))
                .contains(Origin.MAILBOX);
        assertThat(origin("SMTP", "RECEIVE", "client-ip", "192.0.2.9", "client-hostname", "mx7.pphosted.example"))
                .isEmpty();
        assertThat(origin("SMTP", "RECEIVE", "custom-data", "S:ProxiedClientIPAddress=10.20.3.4;S:AMA=a;S:AMA=b"))
                .contains(Origin.DEVICE);
        assertThat(origin("SMTP", "RECEIVE", "client-ip", "fe80::1%3")).isEmpty();
    }

    @Test
    void derivesTheDirectionFromOriginAndRecipients() {
        // given
        add("SMTP", "RECEIVE", "original-client-ip", "10.20.3.4", "recipient-address", ANA + ";kim@contoso.example");

        // when, then
        assertThat(observation().direction()).contains(Direction.MIXED);
        assertThat(observation().recipientCount()).contains(2);
    }

    @Test
    void takesTheEnvelopeSenderFromTheReturnPathAndShowsTheHeaderBesideIt() {
        // given
        add("SMTP", "RECEIVE", "return-path", "<>", "sender-address", "postmaster@contoso.example");

        // when, then
        assertThat(observation().sender()).contains("<>");
        assertThat(observation().headerFrom()).contains("postmaster@contoso.example");
    }

    private Optional<Origin> origin(String source, String event, String... pairs) {
        rows.clear();
        add(source, event, pairs);
        return observation().origin();
    }

    private void add(String source, String event, String... pairs) {
        Instant at = T0.plusSeconds(rows.size());
        rows.add(new TrackingRow(at, LogFixture.values(at, source, event, pairs)));
    }

    private Recipient recipient(String address) {
        return observation().recipients().stream()
                .filter(recipient -> recipient.address().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private Observation narrowed(String recipient) {
        return Observations.narrowed(
                observation(), Question.parse(Map.of("recipient", List.of(recipient)), T0.plusSeconds(60)));
    }

    private Observation observation() {
        Noise noise = new Noise();
        List<StoredRow> stored = rows.stream()
                .map(row -> new StoredRow(row.at(), "EXCH01", noise.is(row), RowBody.of(row)))
                .toList();
        return new Observations(SITE).whole(new IndexedMessage(GroupKey.inIndex("key"), T0, T0, stored, true), false);
    }
}
