package org.mailtrace.proofpoint.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameBufferTest {
    private final FrameBuffer frame = new FrameBuffer();

    @Test
    void givesBackTheMemoryOfALargeRecord() {
        frame.writeBytes(new byte[5 * 1024 * 1024]);

        frame.clear();

        assertThat(frame.capacity()).isLessThan(64 * 1024);
        frame.writeBytes(new byte[] {1, 2, 3});
        assertThat(frame.toByteArray()).containsExactly(1, 2, 3);
    }

    @Test
    void keepsTheMemoryOfUsualRecords() {
        frame.writeBytes(new byte[100_000]);

        frame.clear();

        assertThat(frame.size()).isZero();
        assertThat(frame.capacity()).isGreaterThanOrEqualTo(100_000);
    }
}
