package org.mailtrace.onprem.meaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.onprem.meaning.MessageFixture.ANA;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.Origin;

/** The way in and out, in words. */
class RouteTest {
    @Test
    void knowsADeviceBehindTheFrontEndByTheListOfDevices() {
        // given
        MessageFixture message = received(
                "client-ip",
                "10.10.0.12",
                "client-hostname",
                "exch02.rivercounty.example",
                "original-client-ip",
                "10.20.3.4",
                "custom-data",
                "S:ProxyHop1=exch02.rivercounty.example(10.10.0.12);S:FromEntity=Internet",
                "directionality",
                "Incoming");

        // when, then
        assertThat(message.observation().origin()).contains(Origin.DEVICE);
        assertThat(message.sentences("RECEIVE"))
                .containsExactly(
                        "Received from the device 10.20.3.4 (printers of the town hall), through the front end of"
                                + " exch02.rivercounty.example: its address lies in 10.20.3.0/24 on the list of devices.");
        assertThat(message.recipient(ANA).explanation())
                .contains("It came from the device 10.20.3.4 (printers of the town hall); seen on EXCH01.");
    }

    @Test
    void knowsAMailProgramThatLoggedInByItsConnector() {
        // given
        MessageFixture message =
                received("original-client-ip", "192.0.2.50", "connector-id", "EXCH01\\Client Proxy EXCH01");

        // when, then
        assertThat(message.observation().origin()).contains(Origin.MAILBOX);
        assertThat(message.sentences("RECEIVE"))
                .first()
                .asString()
                .contains("a mail program that logged in at 192.0.2.50");
    }

    @Test
    void tellsAStrangerFromOurOtherSystems() {
        assertThat(received("original-client-ip", "192.0.2.7").sentences("RECEIVE"))
                .first()
                .asString()
                .contains("192.0.2.7 on the Internet");
        assertThat(received("original-client-ip", "198.51.100.200").sentences("RECEIVE"))
                .first()
                .asString()
                .contains("Exchange Online (198.51.100.200): the configuration");
        assertThat(received("client-ip", "192.0.2.9", "client-hostname", "mx7.pphosted.example")
                        .sentences("RECEIVE"))
                .first()
                .asString()
                .contains("Proofpoint (192.0.2.9): it named itself mx7.pphosted.example");
        assertThat(received("client-ip", "10.10.0.12", "client-hostname", "EXCH02")
                        .sentences("RECEIVE"))
                .containsExactly("Received from EXCH02, one of our Exchange servers.");
        assertThat(received("original-client-ip", "10.99.3.4").sentences("RECEIVE"))
                .first()
                .asString()
                .contains("not on the list of devices");
        assertThat(received().sentences("RECEIVE")).first().asString().contains("does not tell from which address");
    }

    @Test
    void believesNoStrangerWhoNamesItselfAsOneOfOurServers() {
        // given
        MessageFixture message = received(
                "client-ip",
                "10.10.0.11",
                "client-hostname",
                "exch01.rivercounty.example",
                "original-client-ip",
                "192.0.2.66",
                "custom-data",
                "S:ProxiedClientIPAddress=192.0.2.66;S:ProxiedClientHostname=exch02.rivercounty.example");

        // when, then
        assertThat(message.observation().origin()).contains(Origin.OUTSIDE);
        assertThat(message.sentences("RECEIVE")).first().asString().contains("192.0.2.66 on the Internet");
    }

    @Test
    void saysToWhomItWent() {
        assertThat(sent("SENDEXTERNAL", "rivercounty-example.mail.protection.outlook.com"))
                .contains("Exchange Online (rivercounty-example");
        assertThat(sent("SENDEXTERNAL", "mx1.pphosted.example")).contains("Proofpoint (mx1.pphosted.example)");
        assertThat(sent("SENDEXTERNAL", "mx.contoso.example"))
                .contains("mx.contoso.example, outside the configured systems; it answered 250 2.0.0 OK");
        assertThat(sent("SEND", "exch02.rivercounty.example")).contains("one of our Exchange servers");
        assertThat(sent("SEND", "exch01.rivercounty.example")).contains("mailbox delivery on exch01");
    }

    private static String sent(String event, String host) {
        return new MessageFixture()
                .row(
                        "EXCH01",
                        0,
                        "SMTP",
                        event,
                        "recipient-address",
                        ANA,
                        "server-hostname",
                        host,
                        "source-context",
                        "08DD;250 2.0.0 OK;ClientSubmitTime:")
                .sentences(event)
                .getFirst();
    }

    private static MessageFixture received(String... pairs) {
        String[] all = Stream.concat(Stream.of("recipient-address", ANA), Arrays.stream(pairs))
                .toArray(String[]::new);
        return new MessageFixture().row("EXCH01", 0, "SMTP", "RECEIVE", all);
    }
}
