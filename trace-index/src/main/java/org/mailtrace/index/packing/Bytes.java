package org.mailtrace.index.packing;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A growing row of bytes with numbers of variable length: small ones take one byte. */
public final class Bytes {
    private byte[] bytes = new byte[256];
    private int length;

    public void number(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            put((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        put((int) rest);
    }

    /** A number of either sign; small ones of both are short. */
    public void signed(long value) {
        number((value << 1) ^ (value >> 63));
    }

    public void fixed(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            put((int) (value >>> shift));
        }
    }

    /** The bytes from one place up to, not including, another. */
    public void all(byte[] from, int start, int end) {
        room(end - start);
        System.arraycopy(from, start, bytes, length, end - start);
        length += end - start;
    }

    public int length() {
        return length;
    }

    public byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void put(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    private void room(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }

    public static long number(ByteBuffer from) {
        try {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                byte next = from.get();
                value |= (long) (next & 0x7F) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        } catch (BufferUnderflowException e) {
            throw new DamagedRowException();
        }
        throw new DamagedRowException();
    }

    public static long signed(ByteBuffer from) {
        long value = number(from);
        return (value >>> 1) ^ -(value & 1);
    }
}
