package org.mailtrace.onprem.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FramerTest {
    @Test
    void waitsForTheRestOfATornRecordAtEveryByte() {
        // given
        byte[] record = "2026-11-23T08:12:04.000Z,\"a \"\"b\"\", \r\nc\",d\r\n".getBytes(StandardCharsets.UTF_8);

        // when, then
        for (int length = 0; length < record.length; length++) {
            assertThat(Framer.next(record, 0, length, false).kind())
                    .as("after %d bytes", length)
                    .isEqualTo(Frame.Kind.INCOMPLETE);
        }
        Frame whole = Framer.next(record, 0, record.length, false);
        assertThat(whole.kind()).isEqualTo(Frame.Kind.RECORD);
        assertThat(whole.next()).isEqualTo(record.length);
        assertThat(whole.end()).isEqualTo(record.length - 2);
    }

    @Test
    void goesOnAtTheNextRecordAfterAQuoteThatIsNeverClosed() {
        // given
        byte[] bytes = "2026-11-23T08:12:04.000Z,\"open,x\n2026-11-23T08:12:05.000Z,\"b\",y\n"
                .getBytes(StandardCharsets.UTF_8);

        // when
        Frame broken = Framer.next(bytes, 0, bytes.length, false);
        int resumed = Framer.resume(bytes, 0, bytes.length, true);

        // then
        assertThat(broken.kind()).isEqualTo(Frame.Kind.BROKEN);
        assertThat(new String(bytes, resumed, 24, StandardCharsets.UTF_8)).isEqualTo("2026-11-23T08:12:05.000Z");
    }

    @Test
    void keepsInvalidBytesReadable() {
        // given
        byte[] bytes = {'a', (byte) 0xFC, 'b', ',', 0, 'c'};

        // when, then
        assertThat(FieldSplitter.split(bytes, 0, bytes.length)).containsExactly("a\uFFFDb", "\uFFFDc");
    }

    @Test
    void endsWhateverTheBytesAre() {
        // given
        Random random = new Random(42);
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) "\",\r\n#2a\u0000".charAt(random.nextInt(8));
            }

            // when
            int at = 0;
            while (at < bytes.length) {
                Frame frame = Framer.next(bytes, at, bytes.length, true);

                // then
                assertThat(frame.next()).isGreaterThan(at).isLessThanOrEqualTo(bytes.length);
                FieldSplitter.split(bytes, frame.start(), frame.end());
                at = frame.next();
            }
        }
    }
}
