package org.mailtrace.onprem.live.wsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailtrace.onprem.live.clixml.UnreadableXmlException;
import org.mailtrace.onprem.live.psrp.Fragments;
import org.mailtrace.onprem.live.psrp.ProtocolException;

class ReplyTest {
    private static final String ENVELOPE = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
            + "xmlns:rsp=\"http://schemas.microsoft.com/wbem/wsman/1/windows/shell\"><s:Body><rsp:ReceiveResponse>"
            + "<rsp:Stream Name=\"stdout\">AAAAAAAAAAMAAAAAAAAAAAMAAABnAQAAAAUQAgA8RNEUgGFBKpUZ0lum2Jd7AAAA</rsp:Stream>"
            + "<rsp:CommandState State=\"http://schemas.microsoft.com/wbem/wsman/1/windows/shell/CommandState/Done\" />"
            + "</rsp:ReceiveResponse></s:Body></s:Envelope>";

    @Test
    void readsStreamsAndTheEndOfACommand() {
        // when
        Reply reply = Reply.read(ENVELOPE);

        // then
        assertThat(reply.streams()).hasSize(1);
        assertThat(reply.done()).isTrue();
        assertThat(reply.fault()).isEmpty();
    }

    @Test
    @Timeout(10)
    void neverHangsOrThrowsAnythingElseOnTruncatedEnvelopesAndStreams() {
        Random random = new Random(3);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            StringBuilder damaged = new StringBuilder(ENVELOPE);
            int at = random.nextInt(damaged.length());
            damaged.delete(at, Math.min(damaged.length(), at + 1 + random.nextInt(40)));
            try {
                Reply.read(damaged.toString()).streams().forEach(stream -> new Fragments(1 << 16).take(stream));
            } catch (UnreadableXmlException | ProtocolException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }
}
