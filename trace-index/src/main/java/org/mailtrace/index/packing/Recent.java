package org.mailtrace.index.packing;

/**
 * Messages that were stored of late, as far as can be remembered in little room: whoever is not in it may still be
 * stored. Only a hint about what is worth preparing, so threads may use it at once without taking turns.
 */
public final class Recent {
    private static final int SLOTS = 1 << 16;

    private final int[] hashes = new int[SLOTS];

    public boolean has(String group) {
        int hash = group.hashCode();
        return hashes[slot(hash)] == hash;
    }

    public void add(String group) {
        int hash = group.hashCode();
        hashes[slot(hash)] = hash;
    }

    private static int slot(int hash) {
        return (hash ^ (hash >>> 16)) & (SLOTS - 1);
    }
}
