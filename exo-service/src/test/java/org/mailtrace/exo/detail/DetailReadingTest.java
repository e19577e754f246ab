package org.mailtrace.exo.detail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.NameValue;

class DetailReadingTest {
    @Test
    void readsTheFieldsOfTheXml() {
        assertThat(DetailData.read("<root><MEP Name=\"ServerHostName\" String=\"EXCH01\" />"
                        + "<MEP Name=\"CustomData\" Blob=\"S:a=1;S:b=&lt;2&gt;\" /><MEP Long=\"0\" Name=\"SequenceNumber\"/>"
                        + "<MEP Name=\"Empty\"/></root>"))
                .containsExactly(
                        new NameValue("ServerHostName", "EXCH01"),
                        new NameValue("CustomData", "S:a=1;S:b=<2>"),
                        new NameValue("SequenceNumber", "0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not xml",
                "<root><MEP Name=\"a\" String=\"b\"",
                "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><root><MEP Name=\"a\" String=\"&x;\"/></root>",
                "<!DOCTYPE r [<!ENTITY x \"y\">]><root><MEP Name=\"a\" String=\"&x;\"/></root>"
            })
    void takesNothingFromBrokenOrHostileXml(String xml) {
        assertThat(DetailData.read(xml)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Reason: [{LED=550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found};{MSG=};{FQDN=};{IP=};{LRT=}] |"
                        + "5.1.10|550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found|",
                "Reason: [{LED=450 4.4.317 Cannot connect [Message=TimedOut] [LastAttemptedServerName=mx.fabrikam.example]"
                        + " [LastAttemptedIP=192.0.2.10:25]};{MSG=};{FQDN=mx.fabrikam.example};{IP=192.0.2.10};{LRT=}] |4.4.317|"
                        + "450 4.4.317 Cannot connect [Message=TimedOut] [LastAttemptedServerName=mx.fabrikam.example]"
                        + " [LastAttemptedIP=192.0.2.10:25]|mx.fabrikam.example",
                "Rejected by a rule with 5.7.1 |5.7.1|Rejected by a rule with 5.7.1|",
                "Reason: [{LED=};{MSG=};{FQDN=};{IP=192.0.2.10};{LRT=}] |||192.0.2.10",
                "from 10.5.1.10.7 |||"
            })
    void readsTheLastErrorInDetail(String description, String code, String text, String host) {
        // when
        LastError error = LastError.of(event("Fail", EventType.FAIL, description));

        // then
        assertThat(error.code()).isEqualTo(Optional.ofNullable(code));
        assertThat(error.host()).isEqualTo(Optional.ofNullable(host));
        if (text != null) {
            assertThat(error.text()).contains(text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Receive,,RECEIVE",
        "deliver,the message was successfully delivered.,DELIVER",
        "Deliver,delivered to the folder: defaultfoldertype:junkemail,JUNK",
        "DELIVER,moved to junk e-mail,JUNK",
        "Resolved,,RESOLVE",
        "Redirect,,REDIRECT",
        "Expand,,EXPAND",
        "SendExternal,,SEND",
        "Drop,,DISCARD",
        "Spam,spam confidence level: 6,FILTER",
        "Spam,the message was sent to quarantine,QUARANTINE",
        "Transport rule,the message was not quarantined,FILTER",
        "Moderation,,MODERATION",
        "Moderated,,MODERATION",
        "MODERATORREJECT,,MODERATION",
        "INITMESSAGECREATED,,MODERATION",
        "Transport rule,action: deletemessage,DISCARD",
        "Transport rule,action: redirectmessage,REDIRECT",
        "Transport rule,action: quarantine mode: audit,FILTER",
        "DLP rule,a rule matched,FILTER",
        "Sensitivity label,quarantine,FILTER",
        "AGENTINFO,s:tra=etr|action=quarantine,FILTER",
        "Malware,the message was quarantined,QUARANTINE",
        "Deliver,the message was delivered to the quarantine,QUARANTINE",
        "Deliver,delivered from quarantine,DELIVER",
        "Recall,the message was recalled,RECALL",
        "Recall,the recall failed,OTHER",
        "DUPLICATEDELIVER,,DELIVER",
        "DELIVERFAIL,,OTHER",
        "DUPLICATEEXPAND,,OTHER",
        "DSN,,BOUNCE",
        "BADMAIL,,DISCARD",
        "SUPPRESSED,,DISCARD",
        "POISONMESSAGE,,DEFER",
        "THROTTLE,,DEFER",
        "SUBMITFAIL,,FAIL",
        "RESUBMIT,,OTHER",
        "HARECEIVE,,OTHER",
        "HADISCARD,,OTHER",
        "PROCESSMEETINGMESSAGE,,OTHER",
        "Something new,quarantine,OTHER"
    })
    void namesEveryEvent(String name, String text, EventType expected) {
        assertThat(EventWords.type(name, text == null ? "" : text)).isEqualTo(expected);
    }

    @Test
    void ordersTheEventsOfOneSecondAsTheyFollow() {
        // given
        Stream<DetailEvent> shuffled = Stream.of(
                event("Deliver", EventType.DELIVER, ""),
                event("Spam", EventType.FILTER, ""),
                event("Receive", EventType.RECEIVE, ""),
                event("Submit", EventType.SUBMIT, ""));

        // then
        assertThat(DetailEvent.inOrder(shuffled).stream().map(DetailEvent::name))
                .containsExactly("Submit", "Receive", "Spam", "Deliver");
    }

    @Test
    void tellsAnEventOnceHoweverOftenItComes() {
        // given
        DetailEvent defer = event("Defer", EventType.DEFER, "one");
        DetailEvent other = event("Defer", EventType.DEFER, "two");

        // then
        assertThat(DetailEvent.inOrder(Stream.of(other, defer, other, defer))).containsExactly(defer, other);
    }

    private static DetailEvent event(String name, EventType type, String description) {
        return new DetailEvent(Instant.parse("2026-11-23T08:00:00Z"), type, name, "", description, List.of());
    }
}
