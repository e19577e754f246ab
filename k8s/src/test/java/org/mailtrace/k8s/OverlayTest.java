package org.mailtrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlayTest {
    @ParameterizedTest
    @CsvSource({
        "Client Version: v1.32.4-dispatcher, true",
        "Client Version: v1.27.0, true",
        "'GitVersion:\"v1.20.2\"', false",
        "command not found, false",
    })
    void anOldKubectlIsToldFromOneThatKnowsComponents(String version, boolean knows) {
        // then
        assertThat(Overlay.knowsComponents(version)).isEqualTo(knows);
    }
}
