package org.mailtrace.standins.shell;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Messages and their fragments as the server sees them. */
final class Wire {
    static final int SESSION_CAPABILITY = 0x10002;
    static final int INIT_RUNSPACEPOOL = 0x10004;
    static final int CREATE_PIPELINE = 0x21006;
    static final int RUNSPACEPOOL_STATE = 0x21005;
    static final int APPLICATION_PRIVATE_DATA = 0x21009;
    static final int PIPELINE_OUTPUT = 0x41004;
    static final int PIPELINE_STATE = 0x41006;
    static final int WARNING = 0x41009;
    private static final int FRAGMENT_HEADER = 21;
    private static final int MESSAGE_HEADER = 40;
    private static final int TO_CLIENT = 1;

    private Wire() {}

    /**
     * A message from the client, which always comes in one fragment.
     *
     * @param ids the ids of pool and pipeline, as bytes
     */
    record Incoming(int type, List<Byte> ids, String text) {
        Incoming {
            ids = List.copyOf(ids);
        }
    }

    static List<Incoming> read(byte[] bytes) {
        List<Incoming> messages = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.remaining() >= FRAGMENT_HEADER) {
            buffer.position(buffer.position() + 16);
            if (buffer.get() != 3) {
                throw new IllegalArgumentException("The client sent a fragment that is no whole message.");
            }
            byte[] message = new byte[buffer.getInt()];
            buffer.get(message);
            int type = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
            List<Byte> ids = new ArrayList<>();
            for (int i = 8; i < MESSAGE_HEADER; i++) {
                ids.add(message[i]);
            }
            String text = new String(message, MESSAGE_HEADER, message.length - MESSAGE_HEADER, StandardCharsets.UTF_8);
            messages.add(new Incoming(type, ids, text));
        }
        return messages;
    }

    /** A message to the client in fragments of at most so many bytes; its text begins with a byte-order mark. */
    static List<byte[]> fragments(long objectId, int type, List<Byte> ids, String text, int size) {
        byte[] data = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
        ByteBuffer message = ByteBuffer.allocate(MESSAGE_HEADER + data.length).order(ByteOrder.LITTLE_ENDIAN);
        message.putInt(TO_CLIENT).putInt(type);
        ids.forEach(message::put);
        byte[] whole = message.put(data).array();
        List<byte[]> fragments = new ArrayList<>();
        for (int at = 0; at < whole.length; at += size) {
            byte[] blob = Arrays.copyOfRange(whole, at, Math.min(whole.length, at + size));
            int flags = (at == 0 ? 1 : 0) | (at + size >= whole.length ? 2 : 0);
            fragments.add(ByteBuffer.allocate(FRAGMENT_HEADER + blob.length)
                    .putLong(objectId)
                    .putLong(at / size)
                    .put((byte) flags)
                    .putInt(blob.length)
                    .put(blob)
                    .array());
        }
        return fragments;
    }
}
