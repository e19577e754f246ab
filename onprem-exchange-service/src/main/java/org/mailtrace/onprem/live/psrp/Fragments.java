package org.mailtrace.onprem.live.psrp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes messages apart and puts them together (MS-PSRP 2.2.4). A large message comes in several fragments, and those in
 * several envelopes; a fragment itself may be cut where an envelope ends.
 */
public final class Fragments {
    private static final int HEADER = 21;
    private static final int START = 1;
    private static final int END = 2;

    private final int maxMessage;
    private final Map<Long, Incoming> incoming = new HashMap<>();
    private byte[] rest = new byte[0];

    /**
     * For what comes in.
     *
     * @param maxMessage how many bytes one message, and all that are not complete yet, may have
     */
    public Fragments(int maxMessage) {
        this.maxMessage = maxMessage;
    }

    /** One message in one fragment; what this client sends is always small enough for that. */
    static byte[] whole(long objectId, byte[] message) {
        return ByteBuffer.allocate(HEADER + message.length)
                .putLong(objectId)
                .putLong(0)
                .put((byte) (START | END))
                .putInt(message.length)
                .put(message)
                .array();
    }

    /**
     * Takes in a stretch of a stream.
     *
     * @return the messages that are complete now
     * @throws ProtocolException if fragments are missing, out of order or too large
     */
    public List<PsrpMessage> take(byte[] bytes) {
        byte[] all = rest.length == 0 ? bytes : joined(rest, bytes);
        List<PsrpMessage> complete = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(all);
        while (buffer.remaining() >= HEADER) {
            buffer.mark();
            long objectId = buffer.getLong();
            long number = buffer.getLong();
            int flags = buffer.get();
            int length = buffer.getInt();
            if (length < 0 || length > maxMessage) {
                throw new ProtocolException("A fragment is too large.");
            }
            if (buffer.remaining() < length) {
                buffer.reset();
                break;
            }
            byte[] blob = new byte[length];
            buffer.get(blob);
            take(objectId, number, flags, blob, complete);
        }
        rest = new byte[buffer.remaining()];
        buffer.get(rest);
        return complete;
    }

    private void take(long objectId, long number, int flags, byte[] blob, List<PsrpMessage> complete) {
        if ((flags & START) != 0) {
            incoming.put(objectId, new Incoming());
        }
        Incoming object = incoming.get(objectId);
        if (object == null || object.next != number) {
            throw new ProtocolException("A fragment is missing.");
        }
        object.next++;
        object.bytes.writeBytes(blob);
        int pending =
                incoming.values().stream().mapToInt(each -> each.bytes.size()).sum();
        if (pending > maxMessage) {
            throw new ProtocolException("A message is too large.");
        }
        if ((flags & END) != 0) {
            incoming.remove(objectId);
            complete.add(PsrpMessage.read(object.bytes.toByteArray()));
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    /** A message that is not complete yet. */
    private static final class Incoming {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long next;
    }
}
