package org.mailtrace.onprem.live.psrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FragmentsTest {
    private static final UUID POOL = UUID.fromString("3c44d114-8061-412a-9519-d25ba6d8977b");
    private static final UUID PIPELINE = UUID.fromString("309f7d49-62ad-4ed4-ab02-174dc96a46ec");

    @Test
    void putsTogetherWhateverTheCuts() {
        // given
        String text = "<S>" + "é".repeat(5000) + "</S>";
        byte[] stream = inFragments(7, message(text), 333);
        Random random = new Random(7);

        for (int i = 0; i < 50; i++) {
            // when
            Fragments fragments = new Fragments(1 << 20);
            List<PsrpMessage> messages = new ArrayList<>();
            int at = 0;
            while (at < stream.length) {
                int end = Math.min(stream.length, at + 1 + random.nextInt(700));
                messages.addAll(fragments.take(Arrays.copyOfRange(stream, at, end)));
                at = end;
            }

            // then
            assertThat(messages).hasSize(1);
            assertThat(messages.getFirst().text()).isEqualTo(text);
            assertThat(messages.getFirst().pool()).isEqualTo(POOL);
            assertThat(messages.getFirst().pipeline()).isEqualTo(PIPELINE);
        }
    }

    @Test
    void refusesMissingAndOversizedFragments() {
        // given
        byte[] stream = inFragments(7, message("<S>" + "x".repeat(2000) + "</S>"), 500);
        byte[] withoutSecond = Arrays.copyOf(stream, stream.length - 521);
        System.arraycopy(stream, 2 * 521, withoutSecond, 521, withoutSecond.length - 521);

        // when, then
        assertThatThrownBy(() -> new Fragments(1 << 20).take(withoutSecond)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> new Fragments(1000).take(stream)).isInstanceOf(ProtocolException.class);
    }

    @Test
    @Timeout(10)
    void neverHangsOrThrowsAnythingElseOnDamagedBytes() {
        // given
        byte[] stream = inFragments(7, message("<S>" + "x".repeat(900) + "</S>"), 100);
        Random random = new Random(11);
        int refused = 0;

        // when
        for (int i = 0; i < 5000; i++) {
            byte[] damaged = Arrays.copyOf(stream, 1 + random.nextInt(stream.length));
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            try {
                new Fragments(1 << 16).take(damaged);
            } catch (ProtocolException e) {
                refused++;
            }
        }

        // then
        assertThat(refused).isPositive();
    }

    private static byte[] message(String text) {
        return PsrpMessage.toServer(MessageType.PIPELINE_OUTPUT, POOL, PIPELINE, text);
    }

    private static byte[] inFragments(long objectId, byte[] message, int size) {
        int count = (message.length + size - 1) / size;
        ByteBuffer stream = ByteBuffer.allocate(message.length + count * 21);
        for (int i = 0; i < count; i++) {
            byte[] blob = Arrays.copyOfRange(message, i * size, Math.min(message.length, (i + 1) * size));
            stream.putLong(objectId)
                    .putLong(i)
                    .put((byte) ((i == 0 ? 1 : 0) | (i == count - 1 ? 2 : 0)))
                    .putInt(blob.length)
                    .put(blob);
        }
        return stream.array();
    }
}
