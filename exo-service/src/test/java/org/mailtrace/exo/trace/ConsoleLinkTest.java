package org.mailtrace.exo.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.exo.Settings;

class ConsoleLinkTest {
    private static final String ID = "4451a062-48cb-e80d-e8c0-196330437ae6";

    @Test
    void leadsToTheMessageInThreatExplorer() {
        assertThat(ConsoleLink.of(Settings.of(TraceSettings.class, Map.of()).consoleUrl())
                        .to(ID))
                .contains(
                        "https://security.microsoft.com/realtimereportsv3?dltarget=Explorer&dlstorage=Url&viewid=allemail"
                                + "&query-NetworkMessageId=4451a062-48cb-e80d-e8c0-196330437ae6");
    }

    @Test
    void leadsToAnotherCloudOrNowhere() {
        assertThat(ConsoleLink.of(Optional.of("https://security.microsoft.us/x?id={networkMessageId}"))
                        .to(ID))
                .contains("https://security.microsoft.us/x?id=" + ID);
        assertThat(ConsoleLink.of(Settings.of(TraceSettings.class, Map.of("mailtrace.exo.trace.console-url", ""))
                                .consoleUrl())
                        .to(ID))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://security.microsoft.com/x",
                "http://security.microsoft.com/{networkMessageId}",
                "javascript:{networkMessageId}",
                "https://security.microsoft.com/a b{networkMessageId}"
            })
    void refusesAnAddressThatLeadsToNoMessage(String template) {
        assertThatThrownBy(() -> ConsoleLink.of(Optional.of(template)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("mailtrace.exo.trace.console-url");
    }
}
