package org.mailtrace.onprem.live.psrp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * One message (MS-PSRP 2.2.1).
 *
 * @param type what it is; empty for those that this client passes over
 * @param pool the runspace pool
 * @param pipeline the pipeline; all zero for messages of the pool
 * @param text its data, CLIXML
 */
public record PsrpMessage(Optional<MessageType> type, UUID pool, UUID pipeline, String text) {
    /** The pipeline of messages that belong to none. */
    public static final UUID NO_PIPELINE = new UUID(0, 0);

    private static final int HEADER = 40;
    private static final int TO_SERVER = 2;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** The bytes of a message to the server. */
    static byte[] toServer(MessageType type, UUID pool, UUID pipeline, String text) {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(TO_SERVER).putInt(type.code());
        put(bytes, pool);
        put(bytes, pipeline);
        return bytes.put(data).array();
    }

    /** Reads a message from the server, whose data begins with a byte-order mark. */
    static PsrpMessage read(byte[] message) {
        if (message.length < HEADER) {
            throw new ProtocolException("A message is shorter than its header.");
        }
        ByteBuffer bytes = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        bytes.getInt();
        int type = bytes.getInt();
        UUID pool = uuid(bytes);
        UUID pipeline = uuid(bytes);
        String text = new String(message, HEADER, message.length - HEADER, StandardCharsets.UTF_8);
        return new PsrpMessage(
                MessageType.of(type), pool, pipeline, text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    }

    /** Ids are the client's own and come back as they were sent; recorded clients write them as they are read. */
    private static void put(ByteBuffer bytes, UUID id) {
        bytes.order(ByteOrder.BIG_ENDIAN)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static UUID uuid(ByteBuffer bytes) {
        bytes.order(ByteOrder.BIG_ENDIAN);
        UUID id = new UUID(bytes.getLong(), bytes.getLong());
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        return id;
    }
}
