package org.mailtrace.exo.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.exo.rows.TraceFilter;

class ODataFilterTest {
    private static final Instant FROM = Instant.parse("2026-11-20T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-11-23T08:00:01Z");
    private final GraphAddresses addresses = new GraphAddresses(URI.create("https://graph.example/v1.0/"), 2000);

    @Test
    void alwaysSendsBothBoundsAndOnlyTheOperatorsGraphKnows() {
        assertThat(ODataFilter.expression(filter(Optional.of("sam@contoso.example"), Optional.of("report"))))
                .isEqualTo("receivedDateTime ge 2026-11-20T00:00:00Z and receivedDateTime le 2026-11-23T08:00:01Z"
                        + " and senderAddress eq 'sam@contoso.example' and contains(subject, 'report')");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"O'Brien", "100 % & more?", "' or 1 eq 1 or subject eq '", "a+b#c", "été \uD83D\uDCE7", "%27"})
    void keepsAnyTextInsideItsLiteral(String text) {
        // when
        URI address = addresses.traces(filter(Optional.empty(), Optional.of(text)));

        // then
        String query = address.getRawQuery();
        String filter = query.substring("$filter=".length(), query.indexOf("&$top=2000"));
        assertThat(query).endsWith("&$top=2000");
        assertThat(URLDecoder.decode(filter, StandardCharsets.UTF_8))
                .endsWith("contains(subject, '" + text.replace("'", "''") + "')");
        assertThat(filter).doesNotContain("'", "#", "+", " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\nb", "a\u007fb", "a\u2028b", "a\uD800b"})
    void refusesControlCharacters(String text) {
        TraceFilter filter = filter(Optional.of(text), Optional.empty());
        assertThatThrownBy(() -> ODataFilter.expression(filter)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesFractionsOfASecond() {
        assertThatThrownBy(() -> TraceFilter.ofMessage("id", FROM.plusMillis(1), TO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void quotesTheRecipientOfDetailsInItsPath() {
        assertThat(addresses.details("4451a062-48cb-e80d-e8c0-196330437ae6", "o'neil/x@rivercounty.example"))
                .hasToString("https://graph.example/v1.0/admin/exchange/tracing/messageTraces/"
                        + "4451a062-48cb-e80d-e8c0-196330437ae6/getDetailsByRecipient(recipientAddress="
                        + "'o%27%27neil%2Fx%40rivercounty.example')");
    }

    @Test
    void followsANextLinkAtTheConfiguredAddress() {
        String link = "https://graph.example/v1.0/admin/exchange/tracing/messageTraces?$skiptoken=a%2Bb";
        assertThat(addresses.site().link(link)).contains(URI.create(link));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/v1.0/admin/exchange/tracing/messageTraces?$skiptoken=1",
                "http://graph.example/v1.0/admin/exchange/tracing/messageTraces?$skiptoken=1",
                "https://graph.example:8443/v1.0/admin/exchange/tracing/messageTraces?$skiptoken=1",
                "https://graph.example@evil.example/v1.0/admin/exchange/tracing/messageTraces",
                "https://graph.example/v1.0/users",
                "https://graph.example/v1.0/admin/exchange/tracing/messageTraces/../../../users",
                "/v1.0/admin/exchange/tracing/messageTraces?$skiptoken=1",
                "//evil.example/v1.0/admin/exchange/tracing/messageTraces",
                "not an address"
            })
    void followsNoNextLinkElsewhere(String link) {
        assertThat(addresses.site().link(link)).isEmpty();
    }

    private static TraceFilter filter(Optional<String> sender, Optional<String> subject) {
        return new TraceFilter(FROM, TO, Optional.empty(), Optional.empty(), sender, List.of(), subject);
    }
}
