package org.mailtrace.onprem.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The shapes are documented or public; their combinations here are synthetic. */
class StatusListTest {
    @Test
    void givesEachRecipientItsOwnReply() {
        assertThat(StatusList.aligned("250 2.1.5 Recipient OK;550 5.1.1 User unknown", 2))
                .containsExactly("250 2.1.5 Recipient OK", "550 5.1.1 User unknown");
        assertThat(StatusList.aligned("To;Cc;Bcc", 3)).containsExactly("To", "Cc", "Bcc");
    }

    @Test
    void keepsSemicolonsInsideBracketsTogether() {
        assertThat(StatusList.aligned(
                        "[{LED=550 5.1.10 not found; really};{MSG=};{FQDN=a}];[{LED=554 5.4.14 Hop count};{MSG=}]", 2))
                .containsExactly(
                        "[{LED=550 5.1.10 not found; really};{MSG=};{FQDN=a}]", "[{LED=554 5.4.14 Hop count};{MSG=}]");
        assertThat(StatusList.aligned("[{LED=550 an odd [ bracket};{MSG=}];[{LED=554 5.4.14 Hop count};{MSG=}]", 2))
                .containsExactly("[{LED=550 an odd [ bracket};{MSG=}]", "[{LED=554 5.4.14 Hop count};{MSG=}]");
    }

    @Test
    void keepsTheTextBehindABareSemicolonWithItsReply() {
        assertThat(StatusList.aligned("550 4.4.7 QUEUE.Expired;too late;550 4.4.7 QUEUE.Expired;too late", 2))
                .containsExactly("550 4.4.7 QUEUE.Expired;too late", "550 4.4.7 QUEUE.Expired;too late");
    }

    @Test
    void givesNobodyAReplyThatMayBeSomebodyElses() {
        assertThat(StatusList.aligned("550 4.4.7 QUEUE.Expired;too late", 2)).isEmpty();
        assertThat(StatusList.aligned("550 5.1.1 User unknown", 3)).isEmpty();
        assertThat(StatusList.aligned("[{LED=550 5.1.1};{MSG=}];250 OK;250 OK", 2))
                .isEmpty();
        assertThat(StatusList.aligned(" ", 2)).isEmpty();
    }

    @Test
    void leavesAllOfItToASingleRecipient() {
        assertThat(StatusList.aligned("550 4.4.7 QUEUE.Expired;too late", 1))
                .containsExactly("550 4.4.7 QUEUE.Expired;too late");
    }
}
