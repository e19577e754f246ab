package org.mailtrace.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.Fault;
import org.mailtrace.gateway.Settings;

class PurposeTest {
    @Test
    void asksForNothingUnlessItIsConfigured() {
        assertThat(purpose(Map.of()).faults(Set.of("recipient"))).isEmpty();
    }

    @Test
    void namesBothThatAreMissing() {
        // given
        Purpose purpose =
                purpose(Map.of("mailtrace.audit.ticket-required", "true", "mailtrace.audit.reason-required", "true"));

        // then
        assertThat(purpose.faults(Set.of("recipient")))
                .extracting(Fault::parameter)
                .containsExactly("ticket", "reason");
        assertThat(purpose.faults(Set.of("ticket", "reason"))).isEmpty();
    }

    private static Purpose purpose(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put("mailtrace.audit.file", "unused");
        return new Purpose(Settings.of(AuditSettings.class, all));
    }
}
