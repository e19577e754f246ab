package org.mailtrace.onprem.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailtrace.onprem.LogFixture;
import org.mailtrace.onprem.record.TrackingRow;

class GroupKeyTest {
    private static final Optional<String> MESSAGE_ID = Optional.of("<a@contoso.example>");
    private static final Optional<String> NETWORK_ID = Optional.of("4451a062-48cb-e80d-e8c0-196330437ae6");

    @Test
    void tellsMessagesApartByBothIdsTogether() {
        assertThat(List.of(
                        GroupKey.of(MESSAGE_ID, NETWORK_ID),
                        GroupKey.of(MESSAGE_ID, Optional.empty()),
                        GroupKey.of(Optional.empty(), NETWORK_ID),
                        GroupKey.of(MESSAGE_ID, Optional.of("5551a062-48cb-e80d-e8c0-196330437ae6"))))
                .doesNotHaveDuplicates();
    }

    @Test
    void neverChangesBecauseAnIndexOnDiskHoldsIt() {
        assertThat(GroupKey.of(MESSAGE_ID, NETWORK_ID)).isEqualTo("-C7zD9TPcb8IBhMPav9MPg");
    }

    @Test
    void readsMessageIdsAndNothingElseOutOfReferences() {
        assertThat(references("<report@exch01.rivercounty.example>;<a@contoso.example>"))
                .containsExactly("<report@exch01.rivercounty.example>");
        assertThat(references("25769803777")).isEmpty();
        assertThat(references("<>")).isEmpty();
        assertThat(references("MessageSize < 5")).isEmpty();
    }

    private static List<String> references(String text) {
        return References.of(new TrackingRow(
                Instant.EPOCH,
                LogFixture.values(
                        Instant.EPOCH, "SMTP", "FAIL", "message-id", "<a@contoso.example>", "reference", text)));
    }
}
