package org.mailtrace.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MailIdTest {
    @Test
    void writesAGuidCanonicallyHoweverItIsGiven() {
        // given
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            String canonical = new UUID(random.nextLong(), random.nextLong()).toString();

            // when, then
            assertThat(MailId.guid(canonical)).contains(canonical);
            assertThat(MailId.guid(" " + canonical.toUpperCase(Locale.ROOT) + " "))
                    .contains(canonical);
            assertThat(MailId.guid(canonical.replace("-", ""))).contains(canonical);
        }
    }

    @Test
    void takesNothingElseForAGuid() {
        String canonical = "4451a062-48cb-e80d-e8c0-196330437ae6";

        assertThat(MailId.guid("")).isEmpty();
        assertThat(MailId.guid("----")).isEmpty();
        assertThat(MailId.guid(canonical + "0")).isEmpty();
        assertThat(MailId.guid(canonical.substring(1))).isEmpty();
        assertThat(MailId.guid(canonical.replace('a', 'g'))).isEmpty();
        assertThat(MailId.guid("{" + canonical + "}")).isEmpty();
    }

    @Test
    void putsAMessageIdIntoAngleBracketsOnce() {
        assertThat(MailId.messageId(" <a@contoso.example> ")).contains("<a@contoso.example>");
        assertThat(MailId.messageId("a@contoso.example")).contains("<a@contoso.example>");
        assertThat(MailId.messageId("<a@contoso.example")).contains("<<a@contoso.example>");
        assertThat(MailId.messageId(" <> ")).isEmpty();
        assertThat(MailId.messageId("  ")).isEmpty();
    }
}
