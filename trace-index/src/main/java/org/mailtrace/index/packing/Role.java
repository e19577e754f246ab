package org.mailtrace.index.packing;

/** What an address is to a message. The numbers stand in the file: never change one. */
public enum Role {
    RECIPIENT(0),
    SENDER(1),
    /** From header; a message has it as a term only while its envelope sender is unknown. */
    AUTHOR(2);

    private static final int BITS = 2;

    private final int number;

    Role(int number) {
        this.number = number;
    }

    /** The term for a word in this role. */
    public long term(long word) {
        return (word << BITS) | number;
    }

    public boolean is(long term) {
        return (term & 3) == number;
    }

    /** The word of a term. */
    public static long word(long term) {
        return term >> BITS;
    }
}
