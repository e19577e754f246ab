package org.mailtrace.onprem.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailtrace.onprem.live.clixml.ClixmlReader;
import org.mailtrace.onprem.record.TrackingRow;

/** The documented properties in every shape that PowerShell may give them; synthetic. */
class LiveRowTest {
    @Test
    void takesAnOffsetAsItIsAndAZoneOnlyWhereThereIsNone() {
        // given
        Optional<ZoneId> zone = Optional.of(ZoneId.of("Europe/Vienna"));

        // when, then
        assertThat(at("2026-11-23T09:28:06.0791234+07:00", zone)).isEqualTo(Instant.parse("2026-11-23T02:28:06.079Z"));
        assertThat(at("2026-11-23T02:28:06.079Z", zone)).isEqualTo(Instant.parse("2026-11-23T02:28:06.079Z"));
        assertThat(at("2026-11-23T03:28:06.079", zone)).isEqualTo(Instant.parse("2026-11-23T02:28:06.079Z"));
        assertThatThrownBy(() -> at("2026-11-23T03:28:06.079", Optional.empty()))
                .isInstanceOf(LiveRow.ZoneUnknownException.class);
    }

    @Test
    void readsPairsAsObjectsAndAsText() {
        // given
        String pairs = "<Obj N=\"EventData\" RefId=\"1\"><LST><Obj RefId=\"2\"><Props><S N=\"Key\">ProxyHop1</S>"
                + "<S N=\"Value\">a, b</S></Props></Obj><S>[DeliveryPriority, Normal]</S></LST></Obj>";

        // when
        TrackingRow row = row("2026-11-23T02:28:06Z", pairs, Optional.empty());

        // then
        assertThat(row.value("custom-data")).isEqualTo("S:ProxyHop1=a, b;S:DeliveryPriority=Normal");
    }

    @Test
    void keepsNestedStatusesBesideTheirRecipients() {
        // given
        String status = "[{LED=501 5.1.4 x; y};{MSG=};{FQDN=mx.contoso.example}]";
        String properties =
                "<Obj N=\"Recipients\" RefId=\"1\"><LST><S>a@contoso.example</S><S>b@contoso.example</S></LST>"
                        + "</Obj><Obj N=\"RecipientStatus\" RefId=\"2\"><LST><S>" + status
                        + "</S><S>250 2.1.5</S></LST></Obj>";

        // when
        TrackingRow row = row("2026-11-23T02:28:06Z", properties, Optional.empty());

        // then
        assertThat(row.recipientStatuses()).isEqualTo(List.of(status, "250 2.1.5"));
    }

    private static Instant at(String timestamp, Optional<ZoneId> zone) {
        return row(timestamp, "", zone).at();
    }

    private static TrackingRow row(String timestamp, String properties, Optional<ZoneId> zone) {
        return LiveRow.of(
                        ClixmlReader.read("<Obj RefId=\"0\"><Props><DT N=\"Timestamp\">" + timestamp
                                + "</DT><S N=\"EventId\">FAIL</S>" + properties + "</Props></Obj>"),
                        zone)
                .orElseThrow();
    }
}
