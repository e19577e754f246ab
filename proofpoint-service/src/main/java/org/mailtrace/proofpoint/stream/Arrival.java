package org.mailtrace.proofpoint.stream;

import java.time.Instant;

/** What came over a connection. */
sealed interface Arrival {
    /**
     * One record.
     *
     * @param bytes UTF-8
     * @param at when its last byte came, UTC
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed on once, never compared.
    record Frame(byte[] bytes, Instant at) implements Arrival {}

    /**
     * A record that is larger than we read.
     *
     * @param head its first bytes
     * @param length all its bytes
     * @param at when its last byte came, UTC
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed on once, never compared.
    record TooLarge(byte[] head, long length, Instant at) implements Arrival {}

    /**
     * A pong: what was sent before it has come.
     *
     * @param asked when the ping that it answers was sent, UTC
     */
    record Pong(Instant asked) implements Arrival {}

    /**
     * The end; nothing comes after it.
     *
     * @param code WebSocket close code; 1006 if the connection was lost
     */
    record End(int code) implements Arrival {
        static final int NORMAL = 1000;
        static final int LOST = 1006;

        boolean isNormal() {
            return code == NORMAL;
        }
    }
}
